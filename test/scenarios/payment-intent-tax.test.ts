/** The tax of a sale without an invoice: calculated for a payment intent, recorded when it is paid, and reversed with its refunds. */
import type Stripe from 'stripe';
import { customerWith, refusal } from '../support/builders';
import { DAY, startClock } from '../support/clock';
import { booksBalanceAfterEach } from '../ledger/books';
import { useProduct } from '../support/product';
import { sessionsThatWait } from '../support/stack';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

beforeAll(async () => {
  await stripe.tax.settings.update({ head_office: { address: { country: 'DE' } } });
  await stripe.tax.registrations.create({ country: 'DE', country_options: { de: { type: 'standard' } }, active_from: 'now' });
});

/** 1000 and 19 % on top. */
async function calculated(): Promise<string> {
  const { id } = await stripe.tax.calculations.create({
    currency: 'eur',
    customer_details: { address: { country: 'DE' }, address_source: 'billing' },
    line_items: [{ amount: 1000, reference: 'seat', tax_code: 'txcd_10103001' }],
  });
  return id ?? '';
}

const hooks = (calculation: string) => ({ inputs: { tax: { calculation } } });
const AMOUNT = { amount: 1190, currency: 'eur', payment_method_types: ['card'] };

const attemptsOf = async (intent: string) =>
  (await stripe.tax.associations.find({ payment_intent: intent })).tax_transaction_attempts ?? [];

/** What is recorded of an intent after all reversals: net, tax. */
async function recordedOf(intent: string): Promise<[number, number]> {
  const sums: [number, number] = [0, 0];
  for (const { committed } of await attemptsOf(intent)) {
    const lines = committed ? (await stripe.tax.transactions.listLineItems(committed.transaction)).data : [];
    for (const line of lines) [sums[0], sums[1]] = [sums[0] + line.amount, sums[1] + line.amount_tax];
  }
  return sums;
}

test('the calculation is recorded when the intent is paid, and a refund reverses its part', async () => {
  const calculation = await calculated();
  const intent = await stripe.paymentIntents.create({ ...AMOUNT, hooks: hooks(calculation) });
  expect(intent.hooks).toEqual(hooks(calculation));
  expect(await stripe.tax.associations.find({ payment_intent: intent.id })).toMatchObject({
    ...{ object: 'tax.association', calculation, payment_intent: intent.id, tax_transaction_attempts: [] },
  });
  await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  const [paid] = await attemptsOf(intent.id);
  expect(paid).toMatchObject({ source: intent.id, status: 'committed' });
  expect(await stripe.tax.transactions.retrieve(paid?.committed?.transaction ?? '')).toMatchObject({
    type: 'transaction',
    reference: intent.id,
  });
  expect(await recordedOf(intent.id)).toEqual([1000, 190]);
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 595 });
  expect((await attemptsOf(intent.id)).map(({ source, status }) => [source, status])).toEqual([
    [intent.id, 'committed'],
    [refund.id, 'committed'],
  ]);
  expect(await recordedOf(intent.id)).toEqual([500, 95]);
  await stripe.refunds.create({ payment_intent: intent.id });
  expect(await recordedOf(intent.id)).toEqual([0, 0]);
});

test('a lost dispute reverses it where the account says that the tax is not owed, and a bank that corrects itself restores it', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer, card } = await customerWith(stripe, 'pm_card_createDispute', { test_clock: clock.id });
  const paid = async () => {
    const intent = await stripe.paymentIntents.create({
      ...{ ...AMOUNT, customer, payment_method: card ?? '', confirm: true, hooks: hooks(await calculated()) },
    });
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
    return { intent: intent.id, dispute: dispute?.id ?? '' };
  };
  const [kept, taken] = [await paid(), await paid()];
  await stripe.disputes.close(kept.dispute);
  expect(await recordedOf(kept.intent)).toEqual([1000, 190]);
  await product.post('/v1/account_settings', { disputes: { tax_when_lost: 'taken_back' } });
  await stripe.disputes.update(taken.dispute, { evidence: { uncategorized_text: 'overturned_evidence' } });
  await clock.by(DAY);
  expect((await attemptsOf(taken.intent)).map(({ source }) => source)).toEqual([taken.intent, taken.dispute]);
  expect(await recordedOf(taken.intent)).toEqual([0, 0]);
  await clock.by(DAY);
  await product.post('/v1/account_settings', { disputes: { tax_when_lost: 'payable' } });
  expect((await stripe.disputes.retrieve(taken.dispute)).status).toBe('won');
  expect(await recordedOf(taken.intent)).toEqual([1000, 190]);
});

test('the calculation of a confirmation or of a capture is the one that is recorded; an invoice has its own tax', async () => {
  const intent = await stripe.paymentIntents.create({ ...AMOUNT, capture_method: 'manual', hooks: hooks(await calculated()) });
  const [second, third] = [await calculated(), await calculated()];
  const confirmed = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa', hooks: hooks(second) });
  expect([confirmed.status, confirmed.hooks]).toEqual(['requires_capture', hooks(second)]);
  expect(await refusal(stripe.paymentIntents.capture(intent.id, { hooks: hooks('taxcalc_none') }))).toMatchObject({
    ...{ code: 'resource_missing', param: 'hooks[inputs][tax][calculation]' },
  });
  expect((await stripe.paymentIntents.capture(intent.id, { hooks: hooks(third) })).hooks).toEqual(hooks(third));
  expect(await stripe.tax.associations.find({ payment_intent: intent.id })).toMatchObject({
    ...{ calculation: third, tax_transaction_attempts: [{ source: intent.id, status: 'committed' }] },
  });
  expect(await recordedOf(intent.id)).toEqual([1000, 190]);
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  await stripe.invoiceItems.create({ customer, amount: 1190, currency: 'eur' });
  const draft = { customer, currency: 'eur', auto_advance: false, pending_invoice_items_behavior: 'include' } as const;
  const { id } = await stripe.invoices.create(draft);
  const { payments } = await stripe.invoices.finalizeInvoice(id, { expand: ['payments'] });
  const owned = payments?.data[0]?.payment.payment_intent as string;
  expect(await refusal(stripe.paymentIntents.confirm(owned, { payment_method: 'pm_card_visa', hooks: hooks(second) }))).toMatchObject({
    ...{ statusCode: 400, param: 'hooks[inputs][tax][calculation]' },
  });
});

test('a captured authorization is recorded as well; its refund that fails later is owed again, and can be refunded again', async () => {
  const clock = await startClock(stripe, Math.floor(Date.now() / 1000));
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const intent = await stripe.paymentIntents.create({
    ...{ ...AMOUNT, customer, capture_method: 'manual', confirm: true, payment_method: 'pm_card_refundFail' },
    hooks: hooks(await calculated()),
  });
  expect(await attemptsOf(intent.id)).toEqual([]);
  await stripe.paymentIntents.capture(intent.id);
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 119 });
  expect(await recordedOf(intent.id)).toEqual([900, 171]);
  await clock.by(20 * DAY);
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
  expect((await attemptsOf(intent.id)).map(({ source }) => source)).toEqual([intent.id, refund.id, refund.id]);
  expect(await recordedOf(intent.id)).toEqual([1000, 190]);
}, 60_000);

test('a tax that cannot be recorded stops no payment, and the association says why', async () => {
  const calculation = await calculated();
  const pay = (change: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({ ...AMOUNT, confirm: true, payment_method: 'pm_card_visa', hooks: hooks(calculation), ...change });
  const reasonOf = async ({ id, status }: Stripe.PaymentIntent) => [status, (await attemptsOf(id))[0]?.errored?.reason];
  expect(await reasonOf(await pay({ currency: 'usd' }))).toEqual(['succeeded', 'currency_mismatch']);
  expect(await reasonOf(await pay())).toEqual(['succeeded', undefined]);
  const second = await pay();
  expect(await reasonOf(second)).toEqual(['succeeded', 'another_payment_associated_with_calculation']);
  await stripe.refunds.create({ payment_intent: second.id });
  expect(await attemptsOf(second.id)).toHaveLength(1);
});

test('of payments that succeed at the same instant with one calculation, exactly one records it', async () => {
  for (const calculation of [await calculated(), await calculated(), await calculated()]) {
    const intents = await Promise.all(
      ['eur', 'eur', 'eur', 'eur'].map((currency) => stripe.paymentIntents.create({ ...AMOUNT, currency, hooks: hooks(calculation) })),
    );
    const paid = await Promise.all(intents.map(({ id }) => stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })));
    expect(paid.map(({ status }) => status)).toEqual(intents.map(() => 'succeeded'));
    const attempts = (await Promise.all(intents.map(({ id }) => attemptsOf(id)))).flat();
    expect(attempts.map(({ status, errored }) => errored?.reason ?? status).sort()).toEqual([
      ...['another_payment_associated_with_calculation', 'another_payment_associated_with_calculation'],
      ...['another_payment_associated_with_calculation', 'committed'],
    ]);
  }
}, 60_000);

test('a refund that is recorded while a reversal by API is being written reverses only what that leaves', async () => {
  const intent = await stripe.paymentIntents.create({
    ...{ ...AMOUNT, hooks: hooks(await calculated()), confirm: true, payment_method: 'pm_card_visa' },
  });
  const original = (await attemptsOf(intent.id))[0]?.committed?.transaction ?? '';
  const waiting = async (count: number) => {
    await until(async () => (await sessionsThatWait(product.sql)) >= count, { what: 'a lock' });
  };
  // Reversals can be read and not be written, so the first has read what is left, and has not written, when the refund comes.
  const both = await product.sql.begin(async (tx) => {
    await tx`lock table tax_transactions in share mode`;
    const part = { mode: 'partial', original_transaction: original, reference: 'by hand too', flat_amount: -50 } as const;
    const reversal = stripe.tax.transactions.createReversal(part);
    await waiting(1);
    const refund = stripe.refunds.create({ payment_intent: intent.id });
    await waiting(2);
    return { reversal, refund };
  });
  await both.reversal;
  const { id } = await both.refund;
  const byRefund = (await attemptsOf(intent.id)).find(({ source }) => source === id)?.committed?.transaction ?? '';
  const taken = (await stripe.tax.transactions.listLineItems(byRefund)).data.map((line) => line.amount + line.amount_tax);
  expect(taken).toEqual([50 - 1190]);
}, 60_000);

test('a refund can be canceled whatever the seller has recorded by hand; the association says what could not be recorded', async () => {
  const intent = await stripe.paymentIntents.create({
    ...{ ...AMOUNT, confirm: true, payment_method: 'pm_card_pendingRefund', hooks: hooks(await calculated()) },
  });
  const refunded = async () => (await stripe.refunds.create({ payment_intent: intent.id, amount: 119 })).id;
  const canceled = async (refund: string) => {
    expect((await stripe.refunds.cancel(refund)).status).toBe('canceled');
    return (await attemptsOf(intent.id)).filter(({ source }) => source === refund);
  };
  const first = await refunded();
  const reversal = (await attemptsOf(intent.id)).at(-1)?.committed?.transaction ?? '';
  await stripe.tax.transactions.createReversal({ mode: 'full', original_transaction: reversal, reference: 'by hand' });
  expect(await canceled(first)).toHaveLength(1);
  const second = await refunded();
  const [paid] = await attemptsOf(intent.id);
  await stripe.tax.transactions.createReversal({
    ...{ mode: 'partial', original_transaction: paid?.committed?.transaction ?? '', reference: `${second}/failed`, flat_amount: -1 },
  });
  expect((await canceled(second)).at(-1)?.errored?.reason).toBe('unique_reference_violation');
}, 60_000);

test('an intent can be given another calculation until it is paid; an unknown one is refused by its name', async () => {
  const [first, second] = [await calculated(), await calculated()];
  const intent = await stripe.paymentIntents.create({ ...AMOUNT, hooks: hooks(first) });
  expect((await stripe.paymentIntents.update(intent.id, { hooks: hooks(second) })).hooks).toEqual(hooks(second));
  const bare = await stripe.paymentIntents.update(intent.id, { hooks: hooks('') });
  expect(bare.hooks).toBeUndefined();
  expect(await refusal(stripe.tax.associations.find({ payment_intent: intent.id }))).toMatchObject({ code: 'resource_missing' });
  expect(await refusal(stripe.paymentIntents.create({ ...AMOUNT, hooks: hooks('taxcalc_none') }))).toMatchObject({
    ...{ code: 'resource_missing', param: 'hooks[inputs][tax][calculation]' },
  });
});
