import type { NationalTax } from '../domain/rows/invoice';
import type { WireInvoice } from './shapes/invoice';

/** Dunlin's own: the tax in the currency of its country, where that is not the currency of the document. */
export function nationalTaxOf({ nationalTax }: { nationalTax: NationalTax | null }): Pick<WireInvoice, 'national_tax'> {
  if (nationalTax === null) return {};
  const { currency, amount, exchangeRate } = nationalTax;
  const rate = exchangeRate && { date: exchangeRate.day, rate: exchangeRate.rate, source: exchangeRate.source };
  return { national_tax: { amount, currency, exchange_rate: rate } };
}
