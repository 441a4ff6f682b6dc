/**
 * Rows without the person that they are about: names, addresses for mail, numbers, free text and metadata are gone. Of an address only what tax
 * needs is left.
 */
import type { Customer } from '../rows/customer';
import type { CreditGrant } from '../rows/credit-grant';
import type { CreditNote, CreditNoteLineItem } from '../rows/credit-note';
import type { CreditTopUp } from '../rows/credit-top-up';
import type { Invoice, InvoiceItem, InvoiceLineItem } from '../rows/invoice';
import type { PaymentIntent } from '../rows/payment-intent';
import { NO_ADDRESS, type Address } from '../rows/resource';
import type { PhaseInvoiceSettings, SchedulePhase, SubscriptionSchedule } from '../rows/subscription-schedule';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import type { TaxId } from '../rows/tax-id';

/** What of an address decides about tax. */
export const placeOnly = (address: Address | null): Address | null =>
  address && { ...NO_ADDRESS, country: address.country, postal_code: address.postal_code, state: address.state };

/** @param address where the customer is, for tax */
export const anonymousCustomer = (customer: Customer, address: Address | null): Customer => ({
  ...customer,
  address: placeOnly(address),
  description: null,
  email: null,
  invoiceSettings: { ...customer.invoiceSettings, custom_fields: null, footer: null, rendering_options: null },
  // A copy lives at Dunlin alone, also that of a customer whom another system still bills.
  billedBy: 'dunlin',
  metadata: {},
  name: null,
  phone: null,
  shipping: null,
  taxIpAddress: null,
});

/** The type, the country and what the registry says decide about tax; the number does not. */
export const anonymousTaxId = (taxId: TaxId): TaxId => ({
  ...taxId,
  value: maskedTaxId(taxId.value),
  registry: null,
  checkingSince: null,
  nextCheckAt: null,
  registryReference: null,
  verifiedAddress: null,
  verifiedName: null,
});

/** The country's letters at the beginning stay. */
export const maskedTaxId = (value: string): string => value.slice(0, 2) + value.slice(2).replace(/[\p{L}\p{N}]/gu, '0');

export const anonymousSubscription = (subscription: Subscription): Subscription => ({
  ...subscription,
  cancellationDetails: { ...subscription.cancellationDetails, comment: null },
  checkoutSession: null,
  description: null,
  disputeStages: {},
  invoiceSettings: {},
  metadata: {},
  pendingSetupIntent: null,
});

export const anonymousItem = (item: SubscriptionItem): SubscriptionItem => ({ ...item, metadata: {} });

export const anonymousSchedule = (schedule: SubscriptionSchedule): SubscriptionSchedule => ({
  ...schedule,
  startsElsewhere: false,
  defaultSettings: {
    ...schedule.defaultSettings,
    description: null,
    invoice_settings: withoutText(schedule.defaultSettings.invoice_settings),
  },
  metadata: {},
  phases: schedule.phases.map(anonymousPhase),
});

const anonymousPhase = (phase: SchedulePhase): SchedulePhase => ({
  ...phase,
  description: null,
  invoice_settings: phase.invoice_settings && withoutText(phase.invoice_settings),
  items: phase.items.map((item) => ({ ...item, metadata: {} })),
  metadata: {},
});

const withoutText = ({ days_until_due }: PhaseInvoiceSettings): PhaseInvoiceSettings => ({
  ...{ custom_fields: null, days_until_due, description: null, footer: null },
});

export const anonymousInvoice = (invoice: Invoice): Invoice => ({
  ...invoice,
  accountTaxIds: null,
  customFields: null,
  customerDetails: {
    ...{ email: null, name: null, phone: null, shipping: null },
    address: placeOnly(invoice.customerDetails.address),
    tax_exempt: invoice.customerDetails.tax_exempt,
  },
  customerTaxIds: invoice.customerTaxIds.map(({ type, value }) => ({ type, value: maskedTaxId(value) })),
  description: null,
  footer: null,
  metadata: {},
  rendering: null,
  sellerDetails: null,
  shippingDetails: null,
  subscriptionMetadata: invoice.subscriptionMetadata && {},
});

/** What Dunlin has written names the product and the price; what a caller has written may say anything. */
export const anonymousLine = <Line extends InvoiceItem | InvoiceLineItem>(line: Line): Line => ({
  ...line,
  description: line.basis === null ? null : line.description,
  metadata: {},
});

export const anonymousCredit = <Credit extends CreditGrant | CreditTopUp>(credit: Credit): Credit => ({
  ...credit,
  metadata: {},
  name: null,
});

export const anonymousNote = (note: CreditNote): CreditNote => ({ ...note, memo: null, metadata: {} });

export const anonymousNoteLine = (line: CreditNoteLineItem): CreditNoteLineItem => ({ ...line, description: null, metadata: {} });

export const anonymousIntent = (intent: PaymentIntent): PaymentIntent => ({
  ...intent,
  description: null,
  metadata: {},
  receiptEmail: null,
  returnUrl: null,
  shipping: null,
});
