import { isIP } from 'node:net';
import { address, array, emptyable, id, integer, metadata, name, object, oneOf, signedAmount, text } from '../../http/parameters';
import type { CustomerChange } from '../../../domain/customer/changes';
import { shippingOf, type Address, type ShippingParameters } from '../../../domain/rows/resource';
import { email } from '../../http/text-parameters';
import { template, type Reference } from '../../writes/references';
import { shipping } from '../../schemas/shipping';
import { amountTaxDisplay } from '../../schemas/subscription';

/** Shared by creation and update. An empty value removes the field. */
export const customerDetails = {
  address: emptyable(address()).optional(),
  balance: signedAmount().optional(),
  description: emptyable(text()).optional(),
  email: emptyable(email()).optional(),
  invoice_prefix: name({ max: 12 })
    .regex(/^[A-Z0-9]{3,12}$/, 'Invalid invoice_prefix: must be 3 to 12 uppercase letters or numbers.')
    .optional(),
  invoice_settings: object({
    consolidation: emptyable(oneOf(['none', 'same_day'])).optional(),
    custom_fields: emptyable(array(object({ name: name({ max: 40 }), value: name({ max: 140 }) }), { max: 4 })).optional(),
    default_payment_method: emptyable(id()).optional(),
    footer: emptyable(text()).optional(),
    rendering_options: emptyable(
      object({ amount_tax_display: amountTaxDisplay().optional(), template: emptyable(id()).optional() }),
    ).optional(),
  }).optional(),
  metadata: metadata().optional(),
  name: emptyable(name({ max: 256 })).optional(),
  next_invoice_sequence: integer({ min: 1, max: 1_000_000_000 }).optional(),
  phone: emptyable(name({ max: 20 })).optional(),
  preferred_locales: emptyable(array(name({ max: 20 }))).optional(),
  source: id().optional(),
  shipping: shipping().optional(),
  tax: object({
    ip_address: emptyable(ipAddress()).optional(),
    validate_location: oneOf(['auto', 'deferred', 'immediately']).optional(),
  }).optional(),
  tax_exempt: emptyable(oneOf(['none', 'exempt', 'reverse'])).optional(),
};

interface Details {
  address?: Address | null | undefined;
  balance?: number | undefined;
  description?: string | null | undefined;
  email?: string | null | undefined;
  invoice_prefix?: string | undefined;
  invoice_settings?: CustomerChange['invoiceSettings'] | undefined;
  metadata?: Record<string, string> | null | undefined;
  name?: string | null | undefined;
  next_invoice_sequence?: number | undefined;
  phone?: string | null | undefined;
  preferred_locales?: string[] | null | undefined;
  shipping?: ShippingParameters | null | undefined;
  tax?: { ip_address?: string | null | undefined; validate_location?: string | undefined } | undefined;
  tax_exempt?: 'none' | 'exempt' | 'reverse' | null | undefined;
}

export function toCustomerChange(given: Details): CustomerChange {
  return {
    address: given.address,
    balance: given.balance,
    description: given.description,
    email: given.email,
    invoicePrefix: given.invoice_prefix,
    invoiceSettings: given.invoice_settings,
    metadata: given.metadata,
    name: given.name,
    nextInvoiceSequence: given.next_invoice_sequence,
    phone: given.phone,
    preferredLocales: given.preferred_locales === null ? [] : given.preferred_locales,
    shipping: given.shipping && shippingOf(given.shipping),
    taxIpAddress: given.tax?.ip_address,
    taxExempt: given.tax_exempt === null ? 'none' : given.tax_exempt,
  };
}

/** The template that new invoices of the customer get. */
export const templateOf = ({ invoice_settings: settings }: Details): Reference[] =>
  template(settings?.rendering_options?.template, 'invoice_settings[rendering_options][template]');

/** An address of IPv4 or IPv6. */
function ipAddress() {
  return name({ max: 45 }).refine((value) => isIP(value) !== 0, 'Invalid IP address');
}

/** Parameters of Stripe's customer that Dunlin lacks. */
export const UNSUPPORTED = ['business_name', 'cash_balance', 'individual_name', 'validate'];
