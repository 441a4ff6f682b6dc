/**
 * Keeps what showed where the customer was. In the European Union, a seller of electronic services needs two items that do not contradict each
 * other, and keeps them for ten years (Implementing Regulation 282/2011, art. 24b, 24f and 63c).
 */
import type { ChangeSet } from '../core/change-set';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import { taxIdsOf } from '../customer/tax-ids';
import type { Customer } from '../rows/customer';
import type { Invoice, InvoiceTaxId } from '../rows/invoice';
import type { EvidenceItem } from '../rows/location-evidence';
import type { PaymentMethod } from '../rows/payment-method';
import { countryOfTaxId } from '../rows/tax-id';
import { automaticTermsOf } from '../line/automatic-tax';
import { writtenCountryOf } from '../tax/territories';

/** Puts the evidence of an invoice with automatic tax that becomes final now. */
export function keepLocationEvidence(changes: ChangeSet, invoice: Invoice): void {
  if (!invoice.automaticTax.enabled) return;
  const terms = automaticTermsOf(changes, invoice);
  if (terms === null) return;
  const { country } = terms.buyer.place;
  const { rows } = changes;
  const customer = rows.get('customer', invoice.customer);
  const method = paymentMethodOf(rows, invoice) ?? null;
  const items = evidenceOf(customer, method, taxIdsOf(rows, customer.id));
  const { account, livemode } = changes.context;
  const written = writtenCountryOf(country);
  const isContradicted = items.some((item) => item.country !== null && writtenCountryOf(item.country) !== written);
  changes.put('locationEvidence', { invoice: invoice.id, account, livemode, created: changes.now, country, items, isContradicted });
}

function evidenceOf({ address, shipping, taxIpAddress }: Customer, method: PaymentMethod | null, taxIds: InvoiceTaxId[]): EvidenceItem[] {
  const shown = (source: EvidenceItem['source'], country: string | null | undefined): EvidenceItem[] =>
    country ? [{ source, country: country.toUpperCase(), value: null }] : [];
  return [
    ...shown('billing_address', address?.country),
    ...shown('shipping_address', shipping?.address.country),
    ...shown('payment_method_address', method?.billingDetails.address.country),
    ...shown('card_country', (method?.card ?? method?.bankAccount)?.country),
    ...taxIds.flatMap((taxId) => shown('tax_id', countryOfTaxId(taxId))),
    ...(taxIpAddress === null ? [] : [{ source: 'ip_address' as const, country: null, value: taxIpAddress }]),
  ];
}
