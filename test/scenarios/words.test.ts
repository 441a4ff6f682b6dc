import { customerWith, priceOf, useCard } from '../support/builders';
import { startClock, type VirtualClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
let clock: VirtualClock;
let subscription: string;

/** A trial, a renewal that is paid, one that is declined three times, and another card that pays it. */
beforeAll(async () => {
  product = await startProduct();
  const { stripe } = product;
  clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const price = await priceOf(stripe, 1900);
  ({ id: subscription } = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 14 }));
  await clock.to('2026-02-10');
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-02-18');
  planned = (await timeline()).planned.map(({ sentence }) => sentence);
  await useCard(stripe, customer, 'pm_card_visa');
  await clock.to('2026-03-01');
}, 180_000);
afterAll(() => product.stop());

let planned: string[];

interface Timeline {
  done: { sentence: string }[];
  planned: { sentence: string }[];
}

const withoutIds = (text: string): string => text.replace(/\b(sub|in|pi|req)_\w+/g, '$1_…');

const timeline = async (): Promise<Timeline> => (await product.get(`/v1/subscriptions/${subscription}/timeline`)) as unknown as Timeline;

/** What the Temporal UI shows beside the events of a workflow that have a summary, and how many events there are. */
async function historyOf(workflowId: string): Promise<{ summaries: string[]; length: number }> {
  const events = (await product.system.temporal.workflow.getHandle(workflowId).fetchHistory()).events ?? [];
  const summaries = events.flatMap(({ userMetadata }) => {
    const data = userMetadata?.summary?.data;
    return data ? [withoutIds(JSON.parse(Buffer.from(data).toString()) as string)] : [];
  });
  return { summaries, length: events.length };
}

test('the timeline describes each step in a sentence, with amounts and reasons', async () => {
  const { done } = await timeline();
  expect(done.map(({ sentence }) => withoutIds(sentence))).toEqual([
    'Invoice in_… paid, 0.00 usd; subscription sub_… begins trialing.',
    'The customer is told of the charge by mail.',
    'The end of the trial is announced.',
    'Invoice in_… drafted, 19.00 usd; subscription active, was trialing.',
    'Invoice in_… finalized, 19.00 usd.',
    'Charge of 19.00 usd succeeded; invoice in_… paid, 19.00 usd.',
    'Invoice in_… drafted, 19.00 usd.',
    'Invoice in_… finalized, 19.00 usd.',
    'Charge of 19.00 usd declined, generic_decline; next try 2026-02-16T01:00:00Z; subscription past_due, was active.',
    'Retry 1 of 8 begins; next try 2026-02-17T01:00:00Z.',
    'Retry 1 of 8: charge of 19.00 usd declined, generic_decline.',
    'Retry 2 of 8 begins; next try 2026-02-18T01:00:00Z.',
    'Retry 2 of 8: charge of 19.00 usd declined, generic_decline.',
    'A new card is tried.',
    'New card: charge of 19.00 usd succeeded; invoice in_… paid, 19.00 usd; recovery of in_… succeeded.',
    'Subscription active, was past_due.',
  ]);
});

test('planned steps are described in the same words', () => {
  expect(planned).toEqual([
    ...[3, 4, 5, 6, 7, 8].map((retry) => `Retry ${String(retry)} of 8: the card is charged again, 19.00 usd.`),
    'The last step has failed: the recovery gives up.',
    'The period ends: the next invoice is drafted, 19.00 usd.',
  ]);
});

test('the workflow’s history shows what each step is about, and the processor’s answers', async () => {
  const { summaries, length } = await historyOf(`subscription/${subscription}`);
  expect(summaries).toEqual(
    expect.arrayContaining([
      'asked for by req_…',
      'the period ends: the next invoice is drafted, 19.00 usd',
      'invoice in_… is finalized and collected, 19.00 usd',
      'charge 19.00 usd, attempt 1 of pi_…: succeeded',
      'charge 19.00 usd, attempt 1 of pi_…: declined, generic_decline',
    ]),
  );
  expect(length).toBeLessThanOrEqual(74);
});

test('the history of a dunning shows which retry was declined, and why', async () => {
  const [{ invoice }] = await product.sql<[{ invoice: string }]>`select invoice from dunnings where subscription = ${subscription}`;
  const { summaries } = await historyOf(`dunning/${invoice}`);
  expect(summaries).toEqual(
    expect.arrayContaining([
      'retry 2 of 8: the card is charged again, 19.00 usd',
      'retry 2 of 8: charge 19.00 usd, attempt 3 of pi_…: declined, generic_decline',
      'new card: charge 19.00 usd, attempt 4 of pi_…: succeeded',
    ]),
  );
});
