import { sellTokens, type TokenStory } from '../../examples/llm-tokens';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let story: TokenStory;
beforeAll(async () => {
  system = await startSystem();
  story = await sellTokens(system.stripe);
}, 180_000);
afterAll(() => system.stop());

/*
 * large: 1 200 000 input at 3.00 a million  360
 *          400 000 cached at 0.30            12
 *          300 000 output at 15.00          450
 * small: 5 000 000 input, 2 000 000 of them included, 3 000 000 at 0.25   75
 *        1 000 000 output at 1.25          125
 * 1022 cents; the plan is 2000.
 * The seller pays 120 + 4 + 150 and 25 + 40, 339 cents.
 */
const AMOUNTS = [0, 12, 75, 125, 360, 450];

test('tokens are billed by model and kind, beyond the included ones, and current usage shows that before', () => {
  const { usage, invoice } = story;
  const [subscription] = usage['subscriptions'] as { items: { amount: number; quantity: string }[]; [key: string]: unknown }[];
  const byAmount = (a: number, b: number) => a - b;
  expect(subscription?.items.map(({ amount }) => amount).sort(byAmount)).toEqual(AMOUNTS);
  expect(subscription).toMatchObject({ advance_amount: 2_000, usage_amount: 1_022, total_amount: 3_022 });
  expect(usage['unpriced']).toMatchObject({ usage: [] });
  const used = invoice.lines.data.filter((line) => line.period.end - line.period.start === 31 * 86_400);
  expect(used.map(({ amount }) => amount).sort(byAmount)).toEqual(AMOUNTS);
  expect(invoice).toMatchObject({ total: 3_022, status: 'paid' });
});

test('each line shows its rule and its usage, so that it can be recomputed', () => {
  const lines = story.explanation['lines'] as { rule: string; amount: number; usage: object | null; numbers: object }[];
  const included = lines.find(({ rule }) => rule === 'graduated');
  expect(included).toMatchObject({
    amount: 75,
    numbers: { quantity: '5000000', tiers: [{ quantity: '2000000' }, { quantity: '3000000' }] },
  });
  expect(lines.filter(({ usage }) => usage !== null).length).toBe(6);
});

test('the margin of May is the amount billed for May less the cost of the tokens, by product', () => {
  const margins = (story.margins['data'] as { revenue: number }[]).sort((a, b) => a.revenue - b.revenue);
  expect(margins).toMatchObject([
    { revenue: 1_022, cost: '339', margin: '683', margin_percent: '66.83' },
    { revenue: 2_000, cost: '0', margin: '2000', margin_percent: '100' },
  ]);
});

test('the alert triggered once when five million tokens were used', () => {
  expect(story.alerts).toMatchObject([{ object: 'billing.alert_triggered' }]);
});
