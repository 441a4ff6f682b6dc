import type Stripe from 'stripe';
import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
let stripe: Stripe;
beforeAll(async () => {
  server = await startServer();
  stripe = server.stripe;
  await stripe.tax.settings.update({ head_office: { address: { country: 'DE' } } });
  await stripe.tax.registrations.create({ country: 'DE', country_options: { de: { type: 'standard' } }, active_from: 'now' });
});
afterAll(() => server.stop());

/** 1000 and 19 % on top, 595 with 19 % inside, and 200 for shipping with 38 on top. */
async function calculated(): Promise<string> {
  const { id } = await stripe.tax.calculations.create({
    currency: 'eur',
    customer_details: { address: { country: 'DE' }, address_source: 'billing' },
    line_items: [
      { amount: 1000, reference: 'seat', tax_code: 'txcd_10103001', metadata: { order: '7' } },
      { amount: 595, reference: 'set-up', tax_behavior: 'inclusive', tax_code: 'txcd_10103001', quantity: 5 },
    ],
    shipping_cost: { amount: 200, tax_code: 'txcd_10103001' },
  });
  return id ?? '';
}

let sales = 0;
async function recorded(): Promise<Stripe.Tax.Transaction> {
  sales += 1;
  const reference = `order-${String(sales)}`;
  return stripe.tax.transactions.createFromCalculation({ calculation: await calculated(), reference, expand: ['line_items'] });
}
const linesOf = ({ line_items: lines }: Stripe.Tax.Transaction) =>
  (lines?.data ?? []).map(({ amount, amount_tax, reference, reversal }) => [reference, amount, amount_tax, reversal]);

test('a calculation shows its shipping cost, and is recorded with all its amounts, under one reference', async () => {
  const calculation = await calculated();
  expect(await stripe.tax.calculations.retrieve(calculation)).toMatchObject({
    ...{ amount_total: 2023, tax_amount_exclusive: 228, tax_amount_inclusive: 95 },
    shipping_cost: { amount: 200, amount_tax: 38, tax_behavior: 'exclusive', tax_code: 'txcd_10103001' },
  });
  const params = { calculation, reference: 'shop-1', metadata: { shop: '1' }, expand: ['line_items'] };
  const transaction = await stripe.tax.transactions.createFromCalculation(params);
  expect(transaction).toMatchObject({
    ...{ object: 'tax.transaction', type: 'transaction', reversal: null, reference: 'shop-1', currency: 'eur', customer: null },
    ...{ customer_details: { address: { country: 'DE' } }, metadata: { shop: '1' } },
    shipping_cost: { amount: 200, amount_tax: 38 },
  });
  expect(linesOf(transaction)).toEqual([
    ['seat', 1000, 190, null],
    ['set-up', 595, 95, null],
  ]);
  expect(await stripe.tax.transactions.retrieve(transaction.id)).toMatchObject({ id: transaction.id, posted_at: transaction.posted_at });
  const { data } = await stripe.tax.transactions.listLineItems(transaction.id, { limit: 1 });
  expect(data).toMatchObject([
    { object: 'tax.transaction_line_item', type: 'transaction', metadata: { order: '7' }, tax_code: 'txcd_10103001' },
  ]);
  expect(await refusalOf(stripe.tax.transactions.createFromCalculation(params))).toMatchObject({
    ...{ code: 'resource_already_exists', param: 'reference', statusCode: 400 },
  });
});

test('a full reversal negates everything, once', async () => {
  const { id: original } = await recorded();
  const reverse = (reference: string) =>
    stripe.tax.transactions.createReversal({ mode: 'full', original_transaction: original, reference, expand: ['line_items'] });
  const reversal = await reverse('back-1');
  expect(reversal).toMatchObject({
    type: 'reversal',
    reversal: { original_transaction: original },
    shipping_cost: { amount: -200, amount_tax: -38 },
  });
  expect(linesOf(reversal)).toMatchObject([
    ['seat', -1000, -190, {}],
    ['set-up', -595, -95, {}],
  ]);
  expect(await refusalOf(reverse('back-2'))).toMatchObject({ param: 'mode', statusCode: 400 });
});

test('a reversal is reversed once, as a whole: what it took back is owed again, and can be reversed again', async () => {
  const { id: original } = await recorded();
  const reverse = (of: string, reference: string, how: object = { mode: 'full' }) =>
    stripe.tax.transactions.createReversal({ mode: 'full', original_transaction: of, reference, expand: ['line_items'], ...how });
  const part = await reverse(original, 'part-1', { mode: 'partial', flat_amount: -595 });
  expect(await refusalOf(reverse(part.id, 'part-2', { mode: 'partial', flat_amount: -1 }))).toMatchObject({ param: 'mode' });
  const restored = await reverse(part.id, 'part-3');
  expect(restored).toMatchObject({ type: 'reversal', reversal: { original_transaction: part.id } });
  expect(linesOf(restored).map(([, amount]) => amount)).toEqual(linesOf(part).map(([, amount]) => 0 - Number(amount)));
  for (const id of [part.id, restored.id]) {
    expect(await refusalOf(reverse(id, `again-${id}`))).toMatchObject({ param: 'original_transaction' });
  }
  expect(linesOf(await reverse(original, 'part-4'))).toMatchObject([
    ['seat', -1000, -190, {}],
    ['set-up', -595, -95, {}],
  ]);
});

test('partial reversals by lines and by shipping cost never pass what is left', async () => {
  const { id: original, line_items: lines } = await recorded();
  const seat = lines?.data[0]?.id ?? '';
  const partial = (reference: string, change: Partial<Stripe.Tax.TransactionCreateReversalParams>) =>
    stripe.tax.transactions.createReversal({
      mode: 'partial',
      original_transaction: original,
      reference,
      expand: ['line_items'],
      ...change,
    });
  const half = { amount: -600, amount_tax: -100, original_line_item: seat, reference: 'half' };
  const first = await partial('lines-1', { line_items: [half], shipping_cost: { amount: -200, amount_tax: -38 } });
  expect(linesOf(first)).toEqual([['half', -600, -100, { original_line_item: seat }]]);
  expect(await refusalOf(partial('lines-2', { line_items: [half] }))).toMatchObject({ param: 'line_items[0][amount]', statusCode: 400 });
  const tax = { ...half, amount: -400, amount_tax: -91 };
  expect(await refusalOf(partial('lines-2', { line_items: [tax] }))).toMatchObject({ param: 'line_items[0][amount_tax]' });
  expect(await refusalOf(partial('lines-2', { shipping_cost: { amount: -1, amount_tax: 0 } }))).toMatchObject({
    param: 'shipping_cost[amount]',
  });
  const unknown = { ...half, original_line_item: 'tax_li_none' };
  expect(await refusalOf(partial('lines-2', { line_items: [unknown] }))).toMatchObject({ param: 'line_items[0][original_line_item]' });
  expect(await refusalOf(partial('lines-2', { flat_amount: -1086 }))).toMatchObject({ param: 'flat_amount' });
  const rest = await partial('lines-2', { flat_amount: -1085 });
  expect(linesOf(rest)).toMatchObject([
    ['seat', -400, -90, {}],
    ['set-up', -595, -95, {}],
  ]);
});

test('flat amounts are divided over lines and shipping; two at once do not reverse more than everything', async () => {
  const { id: original } = await recorded();
  const flat = (reference: string, amount: number) =>
    stripe.tax.transactions.createReversal({
      ...{ mode: 'partial', original_transaction: original, reference, flat_amount: amount, expand: ['line_items'] },
    });
  const first = await flat('flat-1', -1000);
  const total = [...(first.line_items?.data ?? []), first.shipping_cost ?? { amount: 0, amount_tax: 0, tax_behavior: 'exclusive' }]
    .map(({ amount, amount_tax: tax, tax_behavior: behavior }) => (behavior === 'inclusive' ? amount : amount + tax))
    .reduce((sum, each) => sum + each, 0);
  expect(total).toBe(-1000);
  const both = await Promise.allSettled([flat('flat-2', -1023), flat('flat-3', -1023)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test.each([
  ['an unknown calculation', { calculation: 'taxcalc_none' }, { code: 'resource_missing', param: 'calculation' }],
  ['a time in the future', { posted_at: 4_000_000_000 }, { param: 'posted_at' }],
  ['a time before the tax date', { posted_at: 1_700_000_000 }, { param: 'posted_at' }],
])('is refused: %s', async (_what, change, refusal) => {
  const params = { calculation: await calculated(), reference: 'refused', ...change };
  expect(await refusalOf(stripe.tax.transactions.createFromCalculation(params))).toMatchObject({ statusCode: 400, ...refusal });
});

test.each([
  ['nothing to reverse', { mode: 'partial' }, { param: 'line_items' }],
  ['a part of everything', { mode: 'full', flat_amount: -1 }, { param: 'flat_amount' }],
  ['an amount above zero', { mode: 'partial', flat_amount: 1 }, { param: 'flat_amount' }],
  ['an unknown transaction', { mode: 'full', original_transaction: 'tax_none' }, { param: 'original_transaction' }],
] as const)('a reversal is refused: %s', async (_what, change, refusal) => {
  const { id } = await recorded();
  const params = { original_transaction: id, reference: 'refused', ...change };
  expect(await refusalOf(stripe.tax.transactions.createReversal(params))).toMatchObject({ statusCode: 400, ...refusal });
});
