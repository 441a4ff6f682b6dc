/** The lines in quote requests: checks them, looks up the rows that they reference, and loads these for the planner. */
import type { TransactionSql } from '../../../db/connect';
import { lockQuotes } from '../../../db/quotes';
import type { Quote } from '../../../domain/rows/quote';
import { discountsOf } from '../../../domain/quote/discounts';
import type { QuoteParameters } from '../../../domain/quote/parameters';
import type { Rows } from '../../../domain/rows/rows';
import type { Scope } from '../../http/dependencies';
import { atLeastOne } from '../../http/exclusive';
import { checkPriced, pricedReferences } from '../../writes/inline-prices';
import { namedBy, type Naming } from '../../writes/named-rows';
import { loadWithNamed } from '../../../db/named-facts';
import * as references from '../../writes/references';
import type { Reference } from '../../writes/references';
import { checkDiscounts } from '../../schemas/pricing';

/** @throws BillingError parameters_exclusive, parameter_missing */
export function checkLines({ line_items: lines = [], discounts }: QuoteParameters): void {
  checkDiscounts(discounts, 'discounts');
  lines.forEach((line, index) => {
    const param = `line_items[${String(index)}]`;
    checkPriced(line, param);
    checkDiscounts(line.discounts, `${param}[discounts]`);
    if (line.id === undefined) atLeastOne(line, ['price', 'price_data'], param);
  });
}

export function referencesOf({ line_items: lines = [], discounts, default_tax_rates, customer }: QuoteParameters): Reference[] {
  return [
    ...(customer === undefined ? [] : [references.customerNamed(customer)]),
    ...lines.flatMap((line, index): Reference[] => {
      const param = `line_items[${String(index)}]`;
      return [...pricedReferences(line, param), ...references.discounts(line.discounts, `${param}[discounts]`)];
    }),
    ...references.taxRates(default_tax_rates, 'default_tax_rates'),
    ...references.discounts(discounts, 'discounts'),
  ];
}

/** The customer, the quote with the rows that it references, and those of the request. */
export async function loadQuoteFacts(
  tx: TransactionSql,
  scope: Scope,
  of: { quote: string | null; customer: string | null; params?: QuoteParameters },
): Promise<Rows> {
  const quotes = await lockQuotes(tx, scope, of);
  const { line_items: lines = [], discounts, default_tax_rates } = of.params ?? {};
  const params = [...lines.map((line) => ({ ...line, product: line.price_data?.product })), { discounts, tax_rates: default_tax_rates }];
  const own = quotes.filter(({ id }) => id === of.quote);
  const named = namedBy([...params, ...own.flatMap(namesIn)]);
  const rows = await loadWithNamed(tx, scope, { customer: of.customer, named });
  for (const quote of quotes) rows.put('quote', quote);
  return rows;
}

export function namesIn(quote: Quote): Naming[] {
  const offered = discountsOf(quote).map((discount) => ({ discount }));
  return [
    ...quote.lineItems.map(({ price, tax_rates }) => ({ price, tax_rates })),
    { discounts: offered, tax_rates: quote.defaultTaxRates },
  ];
}
