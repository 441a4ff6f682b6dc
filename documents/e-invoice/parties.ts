import { recipientOf } from '../../domain/invoice-rules/recipient';
import type { Invoice } from '../../domain/rows/invoice';
import { NO_ADDRESS, type Address } from '../../domain/rows/resource';
import type { Rows } from '../../domain/rows/rows';
import { countryOfTaxId, type TaxIdType } from '../../domain/rows/tax-id';
import type { PrintedTaxId } from '../parties';
import type { EParty, EPlace } from './model';
import { NotExpressible } from './not-expressible';

/** The numbers of taxable persons, which the standard calls VAT identifiers. */
const VAT_TYPES = new Set<TaxIdType>(['eu_vat', 'gb_vat', 'ch_vat', 'li_vat', 'no_vat', 'is_vat', 'eu_oss_vat']);

export function sellerOf(invoice: Invoice, rows: Rows, taxIds: readonly PrintedTaxId[]): EParty {
  const account = rows.get('account', invoice.account);
  const address = rows.all('taxSettings')[0]?.headOffice ?? null;
  return {
    ...placeOf(address, account.country),
    // Always there, so that the seller is identified even without a tax number (BR-CO-26).
    identifier: account.id,
    name: account.name,
    vatId: vatIdOf(taxIds),
    taxNumber: taxIds.find(({ type }) => type === 'de_stn')?.value ?? null,
    email: null,
  };
}

/** @throws NotExpressible without a name or a country, which the standard wants */
export function buyerOf(invoice: Invoice): EParty {
  const { name, address, email } = invoice.customerDetails;
  if (name === null) throw new NotExpressible("the customer's name is missing");
  if (!isCountry(address?.country)) throw new NotExpressible("the customer's country is missing");
  return {
    ...placeOf(address, address?.country ?? ''),
    ...{ identifier: null, name, email, taxNumber: null },
    vatId: vatIdOf(invoice.customerTaxIds),
  };
}

/** XRechnung wants a town and a postal code (BR-DE-10, -11). */
export function deliverToOf(invoice: Invoice): EPlace | null {
  const recipient = recipientOf(invoice);
  if (recipient === null) return null;
  const { name, address } = recipient;
  return isCountry(address.country) && address.city && address.postal_code ? { name, ...placeOf(address, address.country ?? '') } : null;
}

const isCountry = (country: string | null | undefined): boolean => /^[A-Z]{2}$/.test(country ?? '');

function placeOf(address: Address | null, country: string) {
  const { line1, line2, city, postal_code: postalCode, state: region, country: own } = address ?? NO_ADDRESS;
  return { line1, line2, city, postalCode, region, country: own !== null && isCountry(own) ? own : country };
}

/** With its country's prefix, as BR-CO-09 wants it: EL for Greece, XI for Northern Ireland, otherwise the country's code. */
function vatIdOf(taxIds: readonly PrintedTaxId[]): string | null {
  const found = taxIds.find(({ type }) => VAT_TYPES.has(type));
  if (!found) return null;
  const value = found.value.replace(/[\s.-]/g, '').toUpperCase();
  return /^[A-Z]{2}/.test(value) ? value : `${countryOfTaxId(found) ?? ''}${value}`;
}
