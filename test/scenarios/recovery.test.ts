import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal, useCard } from '../support/builders';
import { at, DAY, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

type Json = Record<string, unknown>;
const FAILED_AT = at('2026-02-01T01:00:00Z');

const wait = (days: number): Json => ({ type: 'wait', seconds: days * DAY });
const retry: Json = { type: 'retry' };

function program(arms: Json[], more: Json = {}): Promise<Json> {
  return product.post('/v1/recovery_programs', { name: 'Patient', arms, ...more });
}

/** A month is paid; the renewal of 1 February is not, one hour after its draft. */
async function pastDue(card = 'pm_card_chargeCustomerFail', price?: string) {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, email: 'ada@example.com' });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price ?? (await priceOf(stripe)) }] });
  await useCard(stripe, customer, card);
  await clock.to('2026-02-01T01:00:00Z');
  const invoice = (await invoicesOf(stripe, id)).at(-1)?.id ?? '';
  return { clock, customer, id, invoice };
}
const recoveryOf = async (invoice: string) => (await product.get(`/v1/recoveries/${invoice}`)) as Json;
const failuresOf = async (customer: string) =>
  (await stripe.charges.list({ customer, limit: 100 })).data
    .filter(({ status }) => status === 'failed')
    .map(({ created }) => (created - FAILED_AT) / DAY)
    .reverse();

test('a program recovers the invoices of its price: its retries, its mails, its notices, its end', async () => {
  const price = await priceOf(stripe);
  const steps = [{ type: 'mail', mail: 'payment_failed' }, wait(3), retry, { type: 'notify', notice: 'call_them' }, wait(4), retry];
  const { id: program_id } = await program([{ name: 'all', share: 100, steps, ends_in: 'unpaid' }], { segment: { prices: [price] } });
  const { clock, customer, id, invoice } = await pastDue('pm_card_chargeCustomerFail', price);
  expect(await recoveryOf(invoice)).toMatchObject({
    ...{
      recovery_program: program_id,
      version: '1',
      arm: 'all',
      reason: `price ${price}`,
      status: 'running',
      decline_code: 'generic_decline',
    },
    next_retry_at: FAILED_AT + 3 * DAY,
  });
  expect((await stripe.invoices.retrieve(invoice)).next_payment_attempt).toBe(FAILED_AT + 3 * DAY);
  await clock.to('2026-02-20');
  expect(await failuresOf(customer)).toEqual([0, 3, 7]);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('unpaid');
  expect(await recoveryOf(invoice)).toMatchObject({ status: 'exhausted', retries: 2, notice: 'call_them', next_step: null });
  const mails = ((await product.get('/v1/mails')) as { data: Json[] }).data.filter((mail) => mail['customer'] === customer);
  expect(mails.map((mail) => mail['kind']).filter((kind) => kind === 'payment_failed')).toHaveLength(1);
  const notices = await eventsOf(stripe, { type: 'recovery.notice' });
  expect(notices.map(({ data, created }) => [(data.object as unknown as Json)['notice'], (created - FAILED_AT) / DAY])).toEqual([
    ['call_them', 3],
  ]);
});

test('the timeline says which program was chosen and why, what it has done, and what it will do', async () => {
  const price = await priceOf(stripe);
  await program(
    [{ name: 'all', share: 100, steps: [wait(2), retry, wait(2), { type: 'mail', mail: 'payment_failed' }], ends_in: 'pause' }],
    {
      segment: { prices: [price] },
    },
  );
  const { clock, id, invoice } = await pastDue('pm_card_chargeCustomerFail', price);
  await clock.to(FAILED_AT + 2 * DAY);
  const { done, planned } = (await product.get(`/v1/subscriptions/${id}/timeline`)) as { done: Json[]; planned: Json[] };
  const words = JSON.stringify(done);
  expect(words).toMatch(new RegExp(`program rcvp_\\w+ version 1, arm all: price ${price}`));
  expect(words).toMatch(/retry 1 of 1: .*declined, generic_decline/);
  expect(planned.filter((step) => String(step['workflow']).startsWith('dunning/')).map((step) => step['step'])).toEqual([
    'mailInRecovery',
    'exhaustDunning',
  ]);
  await clock.to(FAILED_AT + 5 * DAY);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due', pause_collection: { behavior: 'keep_as_draft' } });
  expect((await stripe.invoices.retrieve(invoice)).status).toBe('open');
  await stripe.subscriptions.update(id, { pause_collection: '' });
  expect((await stripe.subscriptions.retrieve(id)).pause_collection).toBeNull();
});

test('a changed program is another version; a recovery that runs keeps its own', async () => {
  const price = await priceOf(stripe);
  const { id: program_id } = await program([{ name: 'all', share: 100, steps: [wait(2), retry], ends_in: 'past_due' }], {
    segment: { prices: [price] },
  });
  const first = await pastDue('pm_card_chargeCustomerFail', price);
  const changed = await product.post(`/v1/recovery_programs/${String(program_id)}`, {
    arms: [{ name: 'all', share: 100, steps: [wait(9), retry], ends_in: 'cancel' }],
  });
  expect(changed).toMatchObject({ version: 2, active: true, position: 0 });
  expect(await product.post(`/v1/recovery_programs/${String(program_id)}`, { name: 'Renamed' })).toMatchObject({ version: 2 });
  const second = await pastDue('pm_card_chargeCustomerFail', price);
  await first.clock.to('2026-02-20');
  await second.clock.to('2026-02-20');
  expect(await failuresOf(first.customer)).toEqual([0, 2]);
  expect(await failuresOf(second.customer)).toEqual([0, 9]);
  expect((await stripe.subscriptions.retrieve(first.id)).status).toBe('past_due');
  expect((await stripe.subscriptions.retrieve(second.id)).status).toBe('canceled');
  const versions = (await product.get(`/v1/recovery_programs/${String(program_id)}/versions`)) as { data: Json[] };
  expect(versions.data.map((each) => each['version'])).toEqual([2, 1]);
  await product.post(`/v1/recovery_programs/${String(program_id)}`, { active: 'false' });
  const third = await pastDue('pm_card_chargeCustomerFail', price);
  expect(await recoveryOf(third.invoice)).toMatchObject({ recovery_program: null, version: '2026-11-01', arm: null });
});

test.each<[string, Json, string]>([
  [
    'a step without what it needs',
    { arms: [{ name: 'a', share: 100, ends_in: 'cancel', steps: [{ type: 'wait' }] }] },
    'arms[0][steps][0][seconds]',
  ],
  [
    'a step with what belongs to another type',
    { arms: [{ name: 'a', share: 100, ends_in: 'cancel', steps: [{ type: 'retry', notice: 'x' }] }] },
    'arms[0][steps][0][notice]',
  ],
  ['shares that are not 100 together', { arms: [{ name: 'a', share: 60, ends_in: 'cancel', steps: [retry] }] }, 'arms'],
  ['two arms of one name', { arms: [40, 60].map((share) => ({ name: 'a', share, ends_in: 'cancel', steps: [retry] })) }, 'arms[1][name]'],
  ['waits of years', { arms: [{ name: 'a', share: 100, ends_in: 'cancel', steps: [wait(200), retry, wait(200)] }] }, 'arms[0][steps]'],
  ['an amount without its currency', { segment: { amount_from: 100 } }, 'segment[currencies]'],
  ['bounds that nothing is between', { segment: { tenure_days_from: 9, tenure_days_to: 8 } }, 'segment[tenure_days_to]'],
  ['a country that does not exist', { segment: { countries: ['FR', 'UK'] } }, 'segment[countries][1]'],
  ['a decline code that no bank gives', { segment: { decline_codes: ['no_money'] } }, 'segment[decline_codes][0]'],
  ['a price that is not there', { segment: { prices: ['price_none'] } }, 'segment[prices][0]'],
])('%s is refused by its name, and changes nothing', async (_name, more, param) => {
  const count = async () => ((await product.get('/v1/recovery_programs?limit=100')) as { data: Json[] }).data.length;
  const before = await count();
  const arms = [{ name: 'all', share: 100, ends_in: 'cancel', steps: [retry] }];
  const error = await refusal(product.post('/v1/recovery_programs', { name: 'Wrong', arms, ...more }));
  expect(error.param).toBe(param);
  expect(await count()).toBe(before);
});

test('recoveries are listed by their state, and programs by whether they are active', async () => {
  const { customer, invoice } = await pastDue();
  const { data } = (await product.get(`/v1/recoveries?customer=${customer}&status=running`)) as { data: Json[] };
  expect(data.map((each) => each['id'])).toEqual([invoice]);
  expect(((await product.get(`/v1/recoveries?customer=${customer}&status=recovered`)) as { data: Json[] }).data).toEqual([]);
  const { id } = await program([{ name: 'all', share: 100, steps: [retry], ends_in: 'cancel' }], {
    active: false,
    segment: { countries: ['fr'] },
  });
  const off = (await product.get('/v1/recovery_programs?active=false')) as { data: Json[] };
  expect(off.data.map((each) => each['id'])).toContain(id);
  expect(await product.get(`/v1/recovery_programs/${String(id)}`)).toMatchObject({ active: false, segment: { countries: ['FR'] } });
});

test('advice of the card network moves the next retry, and forbids retries of the card for good', async () => {
  const price = await priceOf(stripe);
  const steps = [wait(1), retry, wait(2), retry, wait(2), retry];
  await program([{ name: 'all', share: 100, steps, ends_in: 'past_due' }], { segment: { prices: [price] } });
  const later = await pastDue('pm_card_mastercard_chargeCustomerFailRetryAfterFourDays', price);
  expect(await recoveryOf(later.invoice)).toMatchObject({ not_before: FAILED_AT + 4 * DAY, next_retry_at: FAILED_AT + 4 * DAY });
  expect((await stripe.invoices.retrieve(later.invoice)).next_payment_attempt).toBe(FAILED_AT + 4 * DAY);
  const never = await pastDue('pm_card_mastercard_chargeCustomerFailDoNotRetry', price);
  await later.clock.to('2026-02-28');
  await never.clock.to('2026-02-28');
  expect(await failuresOf(later.customer)).toEqual([0, 4, 8, 12]);
  expect(await failuresOf(never.customer)).toEqual([0]);
  const [charge] = (await stripe.charges.list({ customer: never.customer })).data;
  expect(charge?.outcome).toMatchObject({ network_advice_code: '03' });
});

test('a retry for money waits for the payday and the hours of the customer', async () => {
  const price = await priceOf(stripe);
  const steps = [wait(1), { ...retry, hours: { from: 9, to: 12 }, paydays: [5] }];
  await program([{ name: 'all', share: 100, steps, ends_in: 'past_due' }], { segment: { prices: [price] } });
  const { invoice } = await pastDue('pm_card_visa_chargeCustomerFailInsufficientFunds', price);
  expect((await stripe.invoices.retrieve(invoice)).next_payment_attempt).toBe(at('2026-02-05T09:00:00Z'));
});

test('with a limit of the network the retries stop at 15 declines in 30 days, and the timeline says so', async () => {
  const price = await priceOf(stripe);
  const steps = Array.from({ length: 18 }, () => [{ type: 'wait', seconds: DAY / 2 }, retry]).flat();
  await program([{ name: 'all', share: 100, steps, ends_in: 'past_due' }], { segment: { prices: [price] } });
  const { clock, customer, id } = await pastDue('pm_card_chargeCustomerFail', price);
  await clock.to(FAILED_AT + 28 * DAY - 1);
  expect(await failuresOf(customer)).toHaveLength(15);
  const { done } = (await product.get(`/v1/subscriptions/${id}/timeline?limit=100`)) as { done: Json[] };
  expect(JSON.stringify(done)).toContain('is put off: visa allows 15 declines in 30 days of a card and an amount');
});

describe('a person decides', () => {
  const asking = (fallback: string) => [
    { type: 'task', title: 'Call them', owner: 'Grace', answer_within: 3 * DAY, default: fallback },
    wait(1),
    retry,
  ];
  const taskAbout = async (invoice: string) => ((await product.get(`/v1/tasks?about=${invoice}`)) as { data: Json[] }).data[0] ?? {};
  const asked = async (fallback: string) => {
    const price = await priceOf(stripe);
    await program([{ name: 'all', share: 100, steps: asking(fallback), ends_in: 'unpaid' }], { segment: { prices: [price] } });
    const due = await pastDue('pm_card_chargeCustomerFail', price);
    return { ...due, task: await taskAbout(due.invoice) };
  };

  test('the program waits for the answer, and goes on with it at once', async () => {
    const { clock, customer, invoice, task } = await asked('stop');
    const id = String(task['id']);
    expect(task).toMatchObject({
      status: 'open',
      owner: 'Grace',
      answer_by: FAILED_AT + 3 * DAY,
      default_answer: 'stop',
      type: 'recovery',
    });
    await clock.to(FAILED_AT + 2 * DAY);
    expect(await failuresOf(customer)).toEqual([0]);
    expect((await refusal(product.post(`/v1/tasks/${id}/answer`, { answer: 'perhaps' }))).param).toBe('answer');
    const answered = await product.post(`/v1/tasks/${id}/answer`, {
      answer: 'continue',
      by: 'Grace',
      note: 'They will pay.',
    });
    expect(answered).toMatchObject({ status: 'answered', answer: 'continue', answered_by: 'Grace' });
    await until(async () => (await recoveryOf(invoice))['task'] === null, { what: 'the recovery to go on' });
    await clock.to(FAILED_AT + 2 * DAY + DAY);
    expect(await failuresOf(customer)).toEqual([0, 3]);
    expect((await refusal(product.post(`/v1/tasks/${id}/answer`, { answer: 'end' }))).param).toBe('task');
    expect(await product.get(`/v1/tasks/${id}`)).toMatchObject({ note: 'They will pay.' });
    // What is written about a person goes when the person is erased.
    await product.post(`/v1/customers/${customer}/erase`);
    expect(await product.get(`/v1/tasks/${id}`)).toMatchObject({ note: null, answered_by: 'Grace' });
    const told = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id?: string }).id === id);
    expect(told.length).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toContain('They will pay.');
  });

  test('when nobody answers in time, the default counts', async () => {
    const { clock, id, invoice } = await asked('end');
    await clock.to(FAILED_AT + 3 * DAY - 1);
    expect((await taskAbout(invoice))['status']).toBe('open');
    await clock.to(FAILED_AT + 3 * DAY);
    expect(await taskAbout(invoice)).toMatchObject({ status: 'missed', answer: 'end', answered_by: null });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('unpaid');
  });

  test('a payment ends the recovery, and nobody has to answer any more', async () => {
    const { invoice, id } = await asked('continue');
    await stripe.invoices.pay(invoice, { paid_out_of_band: true });
    await until(async () => (await stripe.subscriptions.retrieve(id)).status === 'active', { what: 'the subscription to be active' });
    expect((await taskAbout(invoice))['status']).toBe('canceled');
    expect(await recoveryOf(invoice)).toMatchObject({ status: 'recovered', recovered_by: 'payment' });
  });
});

test('a program ends the access before it ends the subscription, and downgrades it; a payment gives access again', async () => {
  const [high, low] = [await priceOf(stripe), await priceOf(stripe)];
  const { id: feature } = await stripe.entitlements.features.create({ lookup_key: `reports_${high}`, name: 'Reports' });
  const { product: sold } = await stripe.prices.retrieve(high);
  await stripe.products.createFeature(sold as string, { entitlement_feature: feature });
  const steps = [wait(2), { type: 'end_access' }, wait(1), { type: 'downgrade', from: high, to: low }, wait(20)];
  await program([{ name: 'all', share: 100, steps, ends_in: 'cancel' }], { segment: { prices: [high] } });
  const { clock, customer, id, invoice } = await pastDue('pm_card_chargeCustomerFail', high);
  const features = async () => (await stripe.entitlements.activeEntitlements.list({ customer })).data.map(({ lookup_key }) => lookup_key);
  expect(await features()).toEqual([`reports_${high}`]);
  await clock.to(FAILED_AT + 2 * DAY);
  expect(await features()).toEqual([]);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  await stripe.invoices.pay(invoice, { paid_out_of_band: true });
  await until(async () => (await features()).length === 1, { what: 'access to be given again' });
  const other = await pastDue('pm_card_chargeCustomerFail', high);
  await other.clock.to(FAILED_AT + 3 * DAY);
  expect((await stripe.subscriptions.retrieve(other.id)).items.data.map(({ price }) => price.id)).toEqual([low]);
  const yearly = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 100,
    recurring: { interval: 'year' },
    product: sold as string,
  });
  const wrong = [{ name: 'all', share: 100, ends_in: 'cancel', steps: [{ type: 'downgrade', from: high, to: yearly.id }] }];
  expect((await refusal(product.post('/v1/recovery_programs', { name: 'Wrong', arms: wrong }))).param).toBe('arms[0][steps][0][to]');
});

describe('while a retry is in flight', () => {
  type Due = Awaited<ReturnType<typeof pastDue>>;

  test.each<[string, (of: Due) => Promise<unknown>]>([
    ['the subscription is canceled', ({ id }) => stripe.subscriptions.cancel(id)],
    ['another card becomes the default', ({ customer }) => useCard(stripe, customer, 'pm_card_mastercard')],
    ['the invoice is paid out of band', ({ invoice }) => stripe.invoices.pay(invoice, { paid_out_of_band: true })],
    ['the seller pays it by the API', ({ invoice }) => stripe.invoices.pay(invoice)],
  ])('%s: the invoice is paid once, and the recovery ends', async (_name, interrupt) => {
    const due = await pastDue();
    const { clock, customer, invoice } = due;
    // The bank approves the new card, and its answer is lost until it is asked for.
    await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', count: 3, match: 'charge' });
    await Promise.allSettled([useCard(stripe, customer, 'pm_card_visa'), interrupt(due)]);
    await until(async () => (await recoveryOf(invoice))['status'] !== 'running', { what: 'the recovery to end' });
    await until(async () => (await stripe.paymentIntents.list({ customer })).data.every(({ status }) => status !== 'processing'), {
      what: 'the lost answer',
    });
    await clock.to('2026-02-20');
    const charges = (await stripe.charges.list({ customer, limit: 100 })).data;
    const paid = charges.filter(({ status, created }) => status === 'succeeded' && created >= FAILED_AT);
    const { amount_due, amount_paid, amount_paid_off_stripe, status } = await stripe.invoices.retrieve(invoice);
    expect(paid.length).toBeLessThanOrEqual(1);
    if (paid.length + (amount_paid_off_stripe ?? 0) > 0)
      expect({ amount_paid, status }).toEqual({ amount_paid: amount_due, status: 'paid' });
  });
});

test('the report adds up to the invoices, by each of its groups', async () => {
  const price = await priceOf(stripe);
  const arms = [
    { name: 'usual', share: 50, steps: [wait(1), retry], ends_in: 'past_due' },
    { name: 'patient', share: 50, steps: [wait(1), retry], ends_in: 'past_due' },
  ];
  const { id: program_id } = await program(arms, { segment: { prices: [price] } });
  const [byCard, byHand, noted, lost] = [
    await pastDue('pm_card_chargeCustomerFail', price),
    await pastDue('pm_card_visa_chargeCustomerFailInsufficientFunds', price),
    await pastDue('pm_card_chargeCustomerFail', price),
    await pastDue('pm_card_chargeCustomerFail', price),
  ];
  await useCard(stripe, byCard.customer, 'pm_card_visa');
  await stripe.invoices.pay(byHand.invoice, { paid_out_of_band: true });
  await stripe.creditNotes.create({ invoice: noted.invoice, amount: 700 });
  await lost.clock.to('2026-02-10');
  const invoices = await Promise.all([byCard, byHand, noted, lost].map(({ invoice }) => stripe.invoices.retrieve(invoice)));
  const sumOf = (of: readonly Json[], name: string): number => of.reduce((total, each) => total + Number(each[name]), 0);
  for (const group_by of ['program', 'version', 'arm', 'step', 'decline_code']) {
    const report = await product.get(`/v1/recovery_report?group_by=${group_by}&recovery_program=${String(program_id)}&format=csv`);
    const [total = {}] = report['totals'] as Json[];
    const groups = report['groups'] as Json[];
    expect(total).toMatchObject({ invoices: 4, recovered: 2, exhausted: 1, running: 1, recovery_rate: '66.67' });
    for (const name of ['amount', 'amount_recovered', 'amount_credited', 'amount_lost', 'amount_open', 'invoices'])
      expect(sumOf(groups, name)).toBe(total[name]);
    expect(total['amount_recovered']).toBe(invoices.reduce((sum, each) => sum + each.amount_paid, 0));
    expect(total['amount_credited']).toBe(700);
    expect(Number(total['amount_lost']) + Number(total['amount_open'])).toBe(
      invoices.reduce((sum, each) => sum + each.amount_remaining, 0),
    );
    const parts = ['amount_recovered', 'amount_credited', 'amount_lost', 'amount_open'].map((name) => Number(total[name]));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total['amount']);
    expect(String(report['csv']).split('\r\n')[0]).toBe(
      `${group_by},currency,invoices,recovered,exhausted,stopped,running,amount,amount_recovered,amount_credited,amount_lost,amount_open,recovery_rate,recovery_rate_of_amount`,
    );
  }
  const steps = (await product.get(`/v1/recovery_report?group_by=step&recovery_program=${String(program_id)}`))['groups'] as Json[];
  expect(new Set(steps.map((each) => each['group']))).toEqual(new Set(['new_card', 'payment', null]));
});
