import type { Address, Metadata, Resource, Shipping } from './resource';
import type { LineBasis } from './line-basis';
import type { TaxBehavior } from './price';

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';

export interface Invoice extends Resource {
  hidden: boolean;
  deleted: boolean;
  customer: string;
  subscription: string | null;
  /** The quote that it was made from, where there is no subscription. */
  quote: string | null;
  testClock: string | null;
  /** What made it (with the workflow that did, it is unique). */
  cause: string;
  /** The instant of the cycle that it bills; unique per subscription, so that no cycle is billed twice. */
  cycleAt: number | null;
  number: string | null;
  status: InvoiceStatus;
  currency: string;
  billingReason:
    'manual' | 'quote_accept' | 'subscription_create' | 'subscription_cycle' | 'subscription_update' | 'subscription_threshold';
  collectionMethod: 'charge_automatically' | 'send_invoice';
  autoAdvance: boolean;
  automaticallyFinalizesAt: number | null;
  attemptCount: number;
  attempted: boolean;
  nextPaymentAttempt: number | null;
  periodStart: number;
  periodEnd: number;
  dueDate: number | null;
  effectiveAt: number | null;
  finalizedAt: number | null;
  /** Why it could not become final by itself; it waits as a draft for somebody then. */
  lastFinalizationError: { code: string; message: string } | null;
  paidAt: number | null;
  voidedAt: number | null;
  markedUncollectibleAt: number | null;
  /** When a sent invoice was found unpaid after its due date. */
  pastDueAt: number | null;
  subtotal: number;
  subtotalExcludingTax: number;
  total: number;
  totalExcludingTax: number;
  totalDiscountAmounts: DiscountAmount[];
  /** Of all lines, one after another. */
  totalCreditAmounts: CreditAmount[];
  totalTaxes: TaxAmount[];
  startingBalance: number;
  endingBalance: number | null;
  amountDue: number;
  amountPaid: number;
  amountRemaining: number;
  paidOutOfBand: boolean;
  paymentIntent: string | null;
  defaultPaymentMethod: string | null;
  defaultTaxRates: string[];
  discounts: string[];
  paymentSettings: InvoicePaymentSettings;
  /** The subscription's metadata as it was when the invoice was made. */
  subscriptionMetadata: Metadata | null;
  /** The customer as it was when the invoice was finalized. */
  customerDetails: InvoiceCustomerDetails;
  description: string | null;
  footer: string | null;
  customFields: { name: string; value: string }[] | null;
  statementDescriptor: string | null;
  metadata: Metadata;
}

export interface InvoiceCustomerDetails {
  address: Address | null;
  email: string | null;
  name: string | null;
  phone: string | null;
  shipping: Shipping | null;
  tax_exempt: 'none' | 'exempt' | 'reverse';
}

export interface InvoicePaymentSettings {
  default_mandate: null;
  payment_method_options: null;
  payment_method_types: string[] | null;
}

/** `discount` is the discount's id; amounts are what it takes off, positive for a charge. */
export interface DiscountAmount {
  amount: number;
  discount: string;
}

/** What a credit grant pays, positive. The transaction is there when it was taken: not in a draft. In Stripe's snake_case. */
export interface CreditAmount {
  amount: number;
  credit_grant: string;
  credit_balance_transaction: string | null;
}

/** One tax on one line, or summed over an invoice; `taxable_amount` excludes the tax. In Stripe's snake_case. */
export interface TaxAmount {
  amount: number;
  tax_behavior: 'inclusive' | 'exclusive';
  tax_rate: string;
  taxability_reason: string;
  taxable_amount: number | null;
}

/** What an invoice item or a line is made of, before the invoice calculation. */
export interface LineContent {
  /** Signed minor units before discounts; includes inclusive tax. */
  amount: number;
  currency: string;
  description: string | null;
  quantity: number | null;
  discountable: boolean;
  discounts: string[];
  taxRates: string[];
  price: string | null;
  product: string | null;
  unitAmountDecimal: string | null;
  taxBehavior: TaxBehavior | null;
  subscription: string | null;
  subscriptionItem: string | null;
  proration: boolean;
  prorationDetails: ProrationDetails | null;
  /** How the amount came about; null: somebody said it. */
  basis: LineBasis | null;
  periodStart: number;
  periodEnd: number;
  metadata: Metadata;
}

/** The debits that a proration credit gives back. */
export interface ProrationDetails {
  credited_items: { invoice: string; invoice_line_items: string[] } | null;
}

export interface InvoiceLineItem extends Resource, LineContent {
  invoice: string;
  position: number;
  /** Equal to `amount`: Stripe's `subtotal` of a line. */
  subtotal: number;
  invoiceItem: string | null;
  discountAmounts: DiscountAmount[];
  creditAmounts: CreditAmount[];
  taxes: TaxAmount[];
  /** What of it is billed and not earned yet: its service period lies ahead. Signed, without tax. */
  deferred: number;
}

/** A charge or credit that waits for the customer's (or subscription's) next invoice. */
export interface InvoiceItem extends Resource, LineContent {
  deleted: boolean;
  customer: string;
  testClock: string | null;
  invoice: string | null;
  quantity: number;
}

export interface InvoicePayment extends Resource {
  invoice: string;
  paymentIntent: string;
  amountRequested: number;
  amountPaid: number | null;
  currency: string;
  isDefault: boolean;
  status: 'open' | 'paid' | 'canceled';
  paidAt: number | null;
  canceledAt: number | null;
}
