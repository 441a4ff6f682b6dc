/** What the pricing page shows, from rows. */
import type { Sql } from '../../db/connect';
import { loadMatching } from '../../db/matching';
import { loadRows } from '../../db/related';
import { intervalOf } from '../../domain/checkout/pricing-tables';
import { defaultBehavior } from '../../domain/line/automatic-tax';
import { currenciesOf, priceIn, type Price } from '../../domain/rows/price';
import type { PricedProduct, PricingTable } from '../../domain/rows/pricing-table';
import type { Rows } from '../../domain/rows/rows';
import type { Offer, PricingModelProduct } from '../../web/pricing/model';
import { usualCurrencies } from './currencies';

/** What the visitor asks for, and the languages of the browser. */
export interface Asked {
  interval: string | null;
  currency: string | null;
  tags: readonly string[];
  /** Whom the seller's site has named; null if the page knows the visitor by itself. */
  visitor: string | null;
  customerSession: string | null;
}

/** Null if the table is not active, or nothing that it shows is. */
export async function offerOf(sql: Sql, table: PricingTable, asked: Asked): Promise<Offer | null> {
  const { products, settings } = table;
  const rows = await loadRows(
    sql,
    'product',
    table,
    products.map(({ product }) => product),
  );
  rows.putAll(
    await loadRows(
      sql,
      'price',
      table,
      products.flatMap(({ prices }) => prices),
    ),
  );
  rows.putAll(await loadMatching(sql, table, [{ kind: 'taxSettings', filters: [] }]));
  const prices = products.flatMap((each) => pricesOf(rows, each));
  const [first] = prices;
  if (!table.active || !first) return null;
  const currencies = currenciesOf(first).filter((code) => prices.every((price) => currenciesOf(price).includes(code)));
  const currency =
    [asked.currency, ...usualCurrencies(asked.tags)].find((code) => code !== null && currencies.includes(code)) ?? currencies[0];
  if (currency === undefined) return null;
  const values = [...new Set(prices.map(intervalOf))];
  const interval = values.find((value) => value === asked.interval) ?? values[0] ?? '';
  return {
    visitor: asked.visitor,
    customerSession: asked.customerSession,
    path: `/pricing/${table.id}`,
    intervals: values.map((value) => ({ value, recurring: recurringOf(prices.find((price) => intervalOf(price) === value)) })),
    interval,
    currencies,
    currency,
    trialDays: settings.trial_period_days,
    products: products.flatMap((each) => productOf(rows, each, { interval, currency, table })),
  };
}

/** Prices and products that became inactive are not shown. */
function pricesOf(rows: Rows, { product, prices }: PricedProduct): Price[] {
  if (rows.find('product', product)?.active !== true) return [];
  return prices.flatMap((id) => rows.find('price', id) ?? []).filter(({ active }) => active);
}

type Chosen = { interval: string; currency: string; table: PricingTable };

/** With the price of the chosen interval, or else its first. */
function productOf(rows: Rows, shown: PricedProduct, { interval, currency, table }: Chosen): PricingModelProduct[] {
  const prices = pricesOf(rows, shown);
  const found = prices.find((each) => intervalOf(each) === interval) ?? prices[0];
  if (!found) return [];
  const price = priceIn(found, currency);
  const { name, description, marketingFeatures } = rows.get('product', shown.product);
  const isPlain = price.recurring?.usage_type !== 'metered' && price.transformQuantity === null;
  return [
    {
      name,
      description,
      features: marketingFeatures.map((feature) => feature.name),
      isHighlighted: shown.highlighted,
      price: price.id,
      amount: isPlain ? price.unitAmount : null,
      recurring: recurringOf(price),
      tax: table.settings.automatic_tax ? taxOf(rows, price) : null,
    },
  ];
}

/** As the checkout will calculate it. */
function taxOf(rows: Rows, { taxBehavior, currency }: Price): PricingModelProduct['tax'] {
  const behavior = taxBehavior === 'unspecified' ? defaultBehavior(rows, currency) : taxBehavior;
  return behavior === 'inclusive' ? 'included' : 'added';
}

function recurringOf(price: Price | undefined): PricingModelProduct['recurring'] {
  return price?.recurring ? { interval: price.recurring.interval, count: price.recurring.interval_count } : null;
}
