import type { PageSize, SellerDetails } from './document-settings';
import type { Address, Metadata, Resource, Shipping } from './resource';
import type { LineBasis } from './line-basis';
import type { TaxBehavior } from './price';
import type { AutomaticTaxProvider } from './tax-provider';
import type { TaxId } from './tax-id';

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';

export interface Invoice extends Resource {
  hidden: boolean;
  deleted: boolean;
  customer: string;
  subscription: string | null;
  /** The subscriptions whose renewals it bills together, in the order in which they came. Empty: it consolidates nothing. */
  consolidates: string[];
  /** The quote that created it, if there is no subscription. */
  quote: string | null;
  testClock: string | null;
  /** The commit key of the commit that created it; unique with its workflow. */
  commitKey: string;
  /** The instant of the billing cycle; unique per subscription, so that no cycle is billed twice. */
  cycleAt: number | null;
  /** The invoice that this one revises. */
  fromInvoice: string | null;
  /** The latest final revision of this invoice. */
  latestRevision: string | null;
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
  /** Why automatic finalization failed. The invoice then stays a draft until the seller acts. */
  lastFinalizationError: { code: string; message: string } | null;
  paidAt: number | null;
  voidedAt: number | null;
  markedUncollectibleAt: number | null;
  /**
   * When every endpoint that listens had received `invoice.created`; its creation if none listened; null before. Epoch seconds. The database
   * and the deliveries set it: what a planner puts here is only shown, in previews and in the events of the creation itself.
   */
  webhooksDeliveredAt: number | null;
  /** When `invoice.will_be_due` is emitted; null if it was, or will not be. Epoch seconds. */
  willBeDueAt: number | null;
  /** When a sent invoice was found unpaid after its due date. Epoch seconds. */
  pastDueAt: number | null;
  subtotal: number;
  subtotalExcludingTax: number;
  total: number;
  totalExcludingTax: number;
  totalDiscountAmounts: DiscountAmount[];
  /** The credit amounts of all lines, in the order of the lines. */
  totalCreditAmounts: CreditAmount[];
  totalTaxes: TaxAmount[];
  startingBalance: number;
  endingBalance: number | null;
  amountDue: number;
  /** What payments have settled of `amountDue`. */
  amountPaid: number;
  amountRemaining: number;
  /** What payments brought above what was due; it was credited to the customer's balance. */
  amountOverpaid: number;
  /** The part of `amountPaid` that no processor of Dunlin's moved: out of band, or by payment records. */
  amountPaidOffStripe: number;
  /** What credit notes took off `amountDue`. */
  prePaymentCreditNotesAmount: number;
  /** What credit notes gave back after the payment. */
  postPaymentCreditNotesAmount: number;
  /** What the delivery of goods costs; null: nothing is delivered. It is in the totals, as one of the lines. */
  shippingCost: ShippingCost | null;
  /** What refunds without a credit note and lost disputes have taken back, in their order. */
  refundParts: RefundPart[];
  paidOutOfBand: boolean;
  paymentIntent: string | null;
  defaultPaymentMethod: string | null;
  defaultTaxRates: string[];
  automaticTax: InvoiceAutomaticTax;
  /** The total tax in the currency of the country that it is owed to, decided when it became final. Null: it is the invoice's, or not wanted. */
  nationalTax: NationalTax | null;
  /** When the provider of automatic tax was first unavailable for this draft. Epoch seconds; null if it was not. */
  taxAwaitedSince: number | null;
  /** The account's own tax ids that it shows. Null: none. */
  accountTaxIds: string[] | null;
  discounts: string[];
  paymentSettings: InvoicePaymentSettings;
  /** The subscription's metadata when the invoice was created. */
  subscriptionMetadata: Metadata | null;
  /** The customer's details when the invoice was finalized. */
  customerDetails: InvoiceCustomerDetails;
  /** Who receives the goods, chosen for this invoice. Null: who the customer's shipping address names. */
  shippingDetails: Shipping | null;
  /** The customer's tax ids when the invoice was finalized, oldest first. Nothing changes them after that. */
  customerTaxIds: InvoiceTaxId[];
  /** The seller's contact, bank account and page size when the invoice was finalized. Null: nothing was set. */
  sellerDetails: SellerDetails | null;
  description: string | null;
  footer: string | null;
  customFields: { name: string; value: string }[] | null;
  /** Chosen for this invoice; may change at any time. Null: that of the document settings. */
  pageSize: PageSize | null;
  /** Null: nothing of it was chosen. */
  rendering: InvoiceRendering | null;
  /** Of the latest payment by card. */
  receiptNumber: string | null;
  statementDescriptor: string | null;
  metadata: Metadata;
}

/** A tax in the currency of its country, and how it was converted. Amount and rate are null together: nobody had entered a rate. */
export interface NationalTax {
  currency: string;
  /** Minor units of `currency`. */
  amount: number | null;
  exchangeRate: {
    /** How many units of `currency` one unit of the invoice's currency is worth, as a decimal. */
    rate: string;
    /** The day for which it was published: `2026-03-31`. */
    day: string;
    source: string | null;
  } | null;
}

/**
 * In Stripe's snake_case. `requires_location_inputs`: the customer's place is unknown, so the draft shows no tax. `failed`: the tax provider is
 * unavailable, and the draft waits for it. `finalization_system_error`: it was unavailable for too long, and the invoice went out without tax.
 */
export interface InvoiceAutomaticTax {
  enabled: boolean;
  status: 'complete' | 'requires_location_inputs' | 'failed' | null;
  disabled_reason: 'finalization_requires_location_inputs' | 'finalization_system_error' | null;
  /** Who calculates it, or has calculated it. Null while it is off. */
  provider: AutomaticTaxProvider | null;
}

/**
 * What was refunded without a credit note, or lost in a dispute, divided over the lines and taxes as a note of that amount would be. Its amounts
 * are positive for charges.
 */
export interface RefundPart {
  id: string;
  cause: 'refund' | 'dispute';
  /** The seller still owes its taxes. */
  keepsTax: boolean;
  /** Epoch seconds. */
  created: number;
  amount: number;
  totalTaxes: TaxAmount[];
  lines: RefundedLine[];
}

export interface RefundedLine extends Pick<InvoiceLineItem, 'amount' | 'discountAmounts' | 'creditAmounts' | 'taxes'> {
  /** The invoice line item. */
  line: string;
  /** The part that took back revenue which was not earned yet. Signed minor units, without tax. */
  deferred: number;
}

/** How the document of an invoice is written, in Stripe's snake_case. */
export interface InvoiceRendering {
  amount_tax_display: AmountTaxDisplay | null;
  template: string | null;
  template_version: number | null;
}

/** Whether the lines of a document show inclusive prices with the tax in them, or without it. */
export type AmountTaxDisplay = 'exclude_tax' | 'include_inclusive_tax';

export interface InvoiceCustomerDetails {
  address: Address | null;
  email: string | null;
  name: string | null;
  phone: string | null;
  shipping: Shipping | null;
  tax_exempt: 'none' | 'exempt' | 'reverse';
}

export type InvoiceTaxId = Pick<TaxId, 'type' | 'value'>;

export interface InvoicePaymentSettings {
  default_mandate: null;
  payment_method_options: null;
  payment_method_types: string[] | null;
}

/** `discount` is the discount's id; amounts are reductions, positive for a charge. */
export interface DiscountAmount {
  amount: number;
  discount: string;
}

/**
 * What a credit grant pays, positive. The transaction is null until the credit is taken, so it is null in a draft. In Stripe's snake_case.
 */
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
  /** The tax inside the price that the customer does not owe and does not pay, with the sign of the line. Absent: none. */
  waived?: number;
}

/** The sums of the line of a shipping rate, with its tax. In Stripe's snake_case. */
export interface ShippingCost {
  amount_subtotal: number;
  amount_tax: number;
  amount_total: number;
  shipping_rate: string;
}

/** The content of an invoice item or a line, before the invoice calculation. */
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
  /** Of an invoice item itself; null: its product's, or the seller's default. */
  taxCode: string | null;
  subscription: string | null;
  subscriptionItem: string | null;
  proration: boolean;
  prorationDetails: ProrationDetails | null;
  /** How the amount was calculated; null: a caller set it. */
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
  /** What is earned evenly by the second from `deferredFrom` to the end of the period. Signed minor units, without tax. */
  deferred: number;
  /** Epoch seconds; 0 if nothing of the line was deferred. */
  deferredFrom: number;
  /** What an uncollectible invoice took off `deferred`, until the invoice is void. */
  writtenOff: number;
}

/** A charge or credit that waits for the customer's (or subscription's) next invoice. */
export interface InvoiceItem extends Resource, LineContent {
  deleted: boolean;
  customer: string;
  testClock: string | null;
  invoice: string | null;
  quantity: number;
}

/** The subscriptions whose status follows from the invoice. */
export const subscriptionsOf = ({ subscription, consolidates }: Pick<Invoice, 'subscription' | 'consolidates'>): string[] =>
  subscription === null ? consolidates : [subscription];

/** One payment of an invoice: by an intent, or by the record of a payment that was made elsewhere. Exactly one of the two is set. */
export interface InvoicePayment extends Resource {
  invoice: string;
  paymentIntent: string | null;
  paymentRecord: string | null;
  amountRequested: number;
  /** What of the payment settled the invoice; null until it is paid. */
  amountPaid: number | null;
  currency: string;
  /** Made when the invoice became final; it follows `amountRemaining`. */
  isDefault: boolean;
  status: 'open' | 'paid' | 'canceled';
  paidAt: number | null;
  canceledAt: number | null;
}
