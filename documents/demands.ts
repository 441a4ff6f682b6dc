/** What the laws of seller and buyer want a document to say. */
import type { TaxAmount } from '../domain/rows/invoice';
import { MEMBER_STATES, taxCountryOf } from '../domain/tax/places';
import type { Language } from './words';

/** Where the title must be "Tax invoice", or its equivalent, once the sale is taxed. */
const TAX_INVOICE = new Set(['AE', 'AU', 'BH', 'CZ', 'GH', 'IN', 'JP', 'KE', 'MY', 'NG', 'NZ', 'OM', 'SA', 'SG', 'TH', 'ZA']);

export function invoiceTitle(taxes: readonly TaxAmount[], country: string, { words }: Pick<Language, 'words'>): string {
  const isTaxed = taxes.some((tax) => tax.amount !== 0 || tax.taxability_reason === 'zero_rated');
  return isTaxed && TAX_INVOICE.has(country) ? words.taxInvoice : words.invoice;
}

const isInUnion = (country: string | null): boolean => country !== null && MEMBER_STATES.includes(taxCountryOf(country));

/** The places of both sides, ISO 3166. The buyer's is null if it is unknown. */
export interface Places {
  seller: string;
  buyer: string | null;
}

/**
 * Notes on untaxed sales: who owes the tax, or why there is none. Reverse charge is also said in English, which tax offices everywhere know
 * (VAT directive, art. 226 (11) and (11a)).
 */
export function taxNotes(taxes: readonly TaxAmount[], { seller, buyer }: Places, { words, tag }: Language): string[] {
  const reasons = new Set(taxes.map((tax) => tax.taxability_reason));
  const notes: string[] = [];
  if (reasons.has('reverse_charge')) {
    const english = tag.startsWith('en') ? '' : ' (Reverse charge)';
    const isWithin = isInUnion(seller) && isInUnion(buyer) && seller !== buyer;
    notes.push(`${words.reverseCharge}${english}${isWithin ? ' – 2006/112/EC, art. 196' : ''}`);
  }
  if (['customer_exempt', 'product_exempt', 'product_exempt_holiday'].some((reason) => reasons.has(reason))) notes.push(words.exempt);
  if (reasons.has('not_subject_to_tax')) notes.push(words.outsideScope);
  return notes;
}
