import type { InvoiceRendering } from './invoice';
import type { Address, Metadata, Resource, Shipping } from './resource';

/** Whether the renewals of one UTC day are on one invoice. */
export type Consolidation = 'none' | 'same_day';

export interface Customer extends Resource {
  deleted: boolean;
  testClock: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  description: string | null;
  address: Address | null;
  shipping: Shipping | null;
  /** Minor units of `currency`. A negative balance is credit that the next invoice uses; a positive one is debt that it adds. */
  balance: number;
  /** The balances in the customer's other currencies. */
  otherBalances: Record<string, number>;
  /** The first currency that was used for the customer. */
  currency: string | null;
  delinquent: boolean;
  invoicePrefix: string;
  nextInvoiceSequence: number;
  invoiceSettings: CustomerInvoiceSettings;
  /** The card that is charged if nothing else names a payment method. */
  defaultSource: string | null;
  preferredLocales: string[];
  taxExempt: 'none' | 'exempt' | 'reverse';
  /** From which the customer last bought, as the seller reports it. */
  taxIpAddress: string | null;
  discount: string | null;
  /** Who bills the customer: Dunlin, or still the system that the customer is imported from. */
  billedBy: 'dunlin' | 'source';
  metadata: Metadata;
}

export interface CustomerInvoiceSettings {
  custom_fields: { name: string; value: string }[] | null;
  default_payment_method: string | null;
  footer: string | null;
  rendering_options: RenderingOptions | null;
  /** Dunlin's own. Absent: the account's. */
  consolidation?: Consolidation | undefined;
}

/** What the customer's new invoices have, in Stripe's snake_case. */
export type RenderingOptions = Pick<InvoiceRendering, 'amount_tax_display' | 'template'>;

/** One change of a customer's balance; `endingBalance` is the balance after it. */
export interface CustomerBalanceTransaction extends Resource {
  customer: string;
  amount: number;
  currency: string;
  endingBalance: number;
  /** `invoice_too_small`: the amount due on an invoice was below the minimum charge. */
  type:
    'adjustment' | 'applied_to_invoice' | 'credit_note' | 'invoice_overpaid' | 'invoice_too_small' | 'unapplied_from_invoice' | 'initial';
  invoice: string | null;
  creditNote: string | null;
  description: string | null;
  metadata: Metadata;
}

/** The fence: whether Dunlin may bill the customer. Everything that makes an invoice, charges or mails asks this. */
export const isBilledHere = ({ billedBy }: Pick<Customer, 'billedBy'>): boolean => billedBy === 'dunlin';

/** The customer's default payment method, otherwise the default source. */
export function defaultMethodOf({ defaultSource, invoiceSettings }: Pick<Customer, 'defaultSource' | 'invoiceSettings'>): string | null {
  return invoiceSettings.default_payment_method ?? defaultSource;
}
