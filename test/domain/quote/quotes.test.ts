import fc from 'fast-check';
import { finalizeQuote } from '../../../domain/quote/acceptance';
import { createQuote } from '../../../domain/quote/changes';
import type { Invoice } from '../../../domain/rows/invoice';
import type { Quote, QuoteAmounts } from '../../../domain/rows/quote';
import type { QuoteParameters } from '../../../domain/quote/parameters';
import { runs } from '../../support/runs';
import { at, sum } from '../builders';
import { World } from '../subscription/world';

const DAY = 86_400;
const COUPONS = ['THIRD', 'ONCE', 'FIVE', 'YEARS'];

/** Prices, rates and coupons to quote from; none of the coupons ends in the second month. */
function shop(): World {
  const world = new World('2026-01-31');
  world.card('pm_card_visa');
  world.taxes();
  world.metered('price_calls');
  world.priced('price_odd', { unitAmount: 333, unitAmountDecimal: '333' });
  world.priced('price_pack', { transformQuantity: { divide_by: 7, round: 'up' } });
  const coupon = (id: string, change: Parameters<World['coupon']>[0]) => {
    world.coupon({ id, key: `acct_1/test/${id}`, duration: 'forever', durationInMonths: null, ...change });
  };
  coupon('THIRD', { percentOff: '33.33' });
  coupon('ONCE', { percentOff: '12.5', duration: 'once' });
  coupon('FIVE', { percentOff: null, amountOff: 555, currency: 'usd' });
  coupon('YEARS', { percentOff: '10', duration: 'once', appliesTo: { products: ['prod_1'] } });
  return world;
}

function open(world: World, params: QuoteParameters): Quote {
  let id = '';
  world.byApi((changes) => {
    id = createQuote(changes, { customer: 'cus_1', ...params });
    finalizeQuote(changes, id, {});
  });
  return world.rows.get('quote', id);
}

const billed = ({ subtotal, totalDiscountAmounts, totalTaxes, total }: Invoice): QuoteAmounts => ({
  subtotal,
  discount: sum(totalDiscountAmounts.map(({ amount }) => amount)),
  tax: sum(totalTaxes.map(({ amount }) => amount)),
  total,
});
const quoted = ({ subtotal, discount, tax, total }: QuoteAmounts): QuoteAmounts => ({ subtotal, discount, tax, total });
const totalled = (lines: QuoteAmounts[]): QuoteAmounts => ({
  subtotal: sum(lines.map((line) => line.subtotal)),
  discount: sum(lines.map((line) => line.discount)),
  tax: sum(lines.map((line) => line.tax)),
  total: sum(lines.map((line) => line.total)),
});

const discounts = fc.subarray(COUPONS, { maxLength: 2 }).map((coupons) => coupons.map((coupon) => ({ coupon })));
const rates = fc.subarray(['txr_ex', 'txr_in']);
const lineOf = (price: string) => {
  const quantity = price === 'price_calls' ? fc.constant(undefined) : fc.integer({ min: 1, max: 40 });
  return fc.record({ price: fc.constant(price), quantity, discounts, tax_rates: rates });
};
const lines = fc
  .subarray(['price_1000', 'price_once', 'price_odd', 'price_calls', 'price_pack'], { minLength: 1 })
  .chain((prices) => fc.tuple(...prices.map(lineOf)));
const quotes = fc.record({
  line_items: lines,
  discounts,
  default_tax_rates: rates,
  trial: fc.constantFrom(null, null, 10),
  later: fc.boolean(),
});

type Asked = typeof quotes extends fc.Arbitrary<infer Seed> ? Seed : never;
const has = ({ line_items: params }: Asked, price: string): boolean => params.some((line) => line.price === price);

/** Accepts it, and answers its first invoice. */
function firstOf(world: World, { id, subscriptionData: { effective_date: effective } }: Quote, recurs: boolean): Invoice {
  const kind = !recurs ? 'invoice' : effective === null ? 'subscription' : 'schedule';
  world.must(kind, `${kind}_quoted`, 'acceptQuote', { path: { quote: id } });
  if (effective !== null) world.advance(effective);
  expect(world.invoices()).toHaveLength(1);
  return world.last();
}

test('whatever is quoted, the first invoice bills the upfront amount, the next the recurring amount, and lines add up', () => {
  const holds = (seed: Asked) => {
    const { trial, later, ...params } = seed;
    const world = shop();
    const recurs = params.line_items.length > 1 || !has(seed, 'price_once');
    const data = recurs ? { trial_period_days: trial, effective_date: later ? at('2026-03-10') : null } : {};
    const quote = open(world, { ...params, subscription_data: data, expires_at: at('2026-02-20') });
    expect(totalled(quote.upfront.lines)).toEqual(quoted(quote.upfront));
    expect(totalled(quote.lineItems)).toEqual(quoted(quote.amounts));
    expect(billed(firstOf(world, quote, recurs))).toEqual(quoted(quote.upfront));
    // Past the trial, and a month: what is billed once, and for once, was on the first of the invoices.
    world.by(((trial ?? 0) + 31) * DAY);
    const next = recurs && !has(seed, 'price_calls') ? billed(world.last()) : null;
    if (next) expect(next).toEqual(quoted(quote.recurring as QuoteAmounts));
  };
  fc.assert(fc.property(quotes, holds), { numRuns: runs(60) });
});

test('acceptance redeems the quote’s coupons, once', () => {
  const world = shop();
  const params = { line_items: [{ price: 'price_1000', quantity: 3 }], discounts: [{ coupon: 'ONCE' }] };
  const quote = open(world, params);
  const redeemed = () => world.rows.get('coupon', 'acct_1/test/ONCE').timesRedeemed;
  expect([redeemed(), quoted(quote.upfront)]).toEqual([0, { subtotal: 3000, discount: 375, tax: 0, total: 2625 }]);
  world.must('subscription', 'sub_1', 'acceptQuote', { path: { quote: quote.id } });
  expect([redeemed(), world.rows.get('quote', quote.id).status]).toEqual([1, 'accepted']);
  expect(world.ask('subscription', 'sub_2', 'acceptQuote', { path: { quote: quote.id } })).toMatchObject({
    code: 'quote_unexpected_state',
  });
  expect([redeemed(), world.rows.all('subscription').length]).toEqual([1, 1]);
});

test('a quote expires at its time, and its workflow then waits for nothing', () => {
  const world = shop();
  const { id } = open(world, { line_items: [{ price: 'price_once' }], expires_at: at('2026-02-20') });
  expect(world.agenda('quote', id)).toEqual([['expireQuote', at('2026-02-20')]]);
  world.advance('2026-02-20');
  expect(world.rows.get('quote', id)).toMatchObject({ status: 'canceled', canceledAt: at('2026-02-20') });
  expect(world.agenda('quote', id)).toEqual([]);
  expect(world.ask('invoice', 'in_1', 'acceptQuote', { path: { quote: id } })).toMatchObject({ code: 'quote_unexpected_state' });
});
