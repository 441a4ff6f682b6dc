import type { Invoice, InvoiceLineItem, NationalTax, ShippingCost } from './invoice';
import type { Metadata, Resource } from './resource';

/** The sums that invoices and credit notes have in common. */
export type CreditNoteTotals = Pick<
  Invoice,
  'subtotal' | 'subtotalExcludingTax' | 'total' | 'totalExcludingTax' | 'totalDiscountAmounts' | 'totalCreditAmounts' | 'totalTaxes'
>;

/** The amounts that lines of invoices and of credit notes have in common. */
export type LineAmounts = Pick<InvoiceLineItem, 'amount' | 'discountAmounts' | 'creditAmounts' | 'taxes'>;

/** A document that takes back a part of a final invoice. Its amounts never change; it can be voided while its invoice is open. */
export interface CreditNote extends Resource, CreditNoteTotals {
  customer: string;
  invoice: string;
  /** The invoice's number with its own: `ABCD-0001-CN-01`. */
  number: string;
  status: 'issued' | 'void';
  /** Whether it lowers what is still due, gives back what was paid, or does both. */
  type: 'pre_payment' | 'post_payment' | 'mixed';
  currency: string;
  /** The tax in the currency of its country, at the rate of the invoice. Null: the invoice has none. */
  nationalTax: NationalTax | null;
  reason: 'duplicate' | 'fraudulent' | 'order_change' | 'product_unsatisfactory' | null;
  memo: string | null;
  /** The date on the document, if it is not `created`. Epoch seconds. */
  effectiveAt: number | null;
  /** The part that lowered `amountRemaining` of the invoice. */
  prePaymentAmount: number;
  /** The part that was given back: by refunds, to the customer's balance, or out of band. */
  postPaymentAmount: number;
  outOfBandAmount: number | null;
  /** The part of `outOfBandAmount` that a bank had already taken back by lost disputes. */
  disputeAmount: number;
  customerBalanceTransaction: string | null;
  /** In Stripe's snake_case. */
  refunds: CreditNoteRefund[];
  /** What it credits of the invoice's shipping cost. Null: nothing. */
  shippingCost: ShippingCost | null;
  voidedAt: number | null;
  metadata: Metadata;
}

/** A refund, and the part of it that belongs to the credit note. */
export interface CreditNoteRefund {
  refund: string;
  amount_refunded: number;
}

/** Its amounts are signed like those of the invoice's line: a positive one takes a charge back. */
export interface CreditNoteLineItem extends Resource, LineAmounts {
  creditNote: string;
  position: number;
  /** Callers see a `shipping_cost` apart from the lines. */
  type: 'invoice_line_item' | 'custom_line_item' | 'shipping_cost';
  invoiceLineItem: string | null;
  description: string | null;
  /** Null if the line was sized by an amount. */
  quantity: number | null;
  unitAmountDecimal: string | null;
  /** The part that took back revenue which was not earned yet. Signed minor units, without tax. */
  deferred: number;
  metadata: Metadata;
}
