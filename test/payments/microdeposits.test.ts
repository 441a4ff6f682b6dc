import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { eventsOf, refusal, typesOf } from '../support/builders';
import { DAY, startClock } from '../support/clock';
import { useProduct } from '../support/product';

/** A bank account is not debited before its holder has told which small deposits it has got. */
const product = useProduct();
booksBalanceAfterEach(product);

const { stripe } = product;
const OFFLINE = { customer_acceptance: { type: 'offline', offline: {} } } as const;
const DEPOSITS = { us_bank_account: { verification_method: 'microdeposits' } } as const;
const CANADIAN: Partial<Stripe.SetupIntentCreateParams> = {
  ...{ payment_method_types: ['acss_debit'], payment_method: 'pm_acssDebit_success' },
  payment_method_options: { acss_debit: { verification_method: 'microdeposits' } },
};
const HOLDER = { name: 'Ada', email: 'ada@example.com' };
const BACK = 'https://shop.example/back';

async function holder() {
  const clock = await startClock(stripe, '2026-01-01');
  const { id: customer } = await stripe.customers.create({ ...HOLDER, test_clock: clock.id });
  return { clock, customer };
}

const setUp = (customer: string, change: Partial<Stripe.SetupIntentCreateParams> = {}) =>
  stripe.setupIntents.create({
    ...{ customer, payment_method_types: ['us_bank_account'], payment_method: 'pm_usBankAccount_success', mandate_data: OFFLINE },
    ...{ payment_method_options: DEPOSITS, confirm: true },
    ...change,
  });

const pay = (customer: string, change: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', customer, payment_method_types: ['us_bank_account'], mandate_data: OFFLINE, confirm: true },
    ...{ payment_method: 'pm_usBankAccount_success', payment_method_options: DEPOSITS },
    ...change,
  });

test('an account is kept when its holder has told the code, and pays later without another verification', async () => {
  const { clock, customer } = await holder();
  const intent = await setUp(customer);
  expect(intent).toMatchObject({
    ...{ status: 'requires_action', payment_method_options: DEPOSITS },
    next_action: {
      type: 'verify_with_microdeposits',
      verify_with_microdeposits: { arrival_date: clock.now() + DAY, microdeposit_type: 'descriptor_code' },
    },
  });
  expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
  const wrong = stripe.setupIntents.verifyMicrodeposits(intent.id, { descriptor_code: 'SM33CC' });
  expect(await refusal(wrong)).toMatchObject({ code: 'payment_method_microdeposit_verification_descriptor_code_mismatch' });
  const verified = await stripe.setupIntents.verifyMicrodeposits(intent.id, { descriptor_code: 'SM11AA' });
  expect(verified).toMatchObject({ status: 'succeeded', next_action: null });
  const method = verified.payment_method as string;
  expect((await stripe.customers.listPaymentMethods(customer)).data).toMatchObject([{ id: method }]);
  const paid = await pay(customer, { payment_method: method, mandate_data: undefined });
  expect(paid.status).toBe('processing');
});

test('a payment is collected only after the amounts were told, and then the bank takes its days', async () => {
  const { clock, customer } = await holder();
  const intent = await pay(customer);
  expect(intent).toMatchObject({ status: 'requires_action', latest_charge: null });
  const refused = await refusal(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [10, 11] }));
  expect(refused).toMatchObject({ code: 'payment_method_microdeposit_verification_amounts_mismatch', param: 'amounts' });
  expect((await stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [45, 32] })).status).toBe('processing');
  await clock.by(4 * DAY);
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded', amount_received: 2000 });
  const again = await refusal(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] }));
  expect(again).toMatchObject({ code: 'payment_intent_unexpected_state' });
});

test('an account that is not verified within ten days, or after too many attempts, needs another payment method, and nothing was collected', async () => {
  const { clock, customer } = await holder();
  const [late, guessed] = [await pay(customer), await setUp(customer)];
  const tooMany = await refusal(stripe.setupIntents.verifyMicrodeposits(guessed.id, { amounts: [40, 41] }));
  expect(tooMany).toMatchObject({ statusCode: 400, code: 'payment_method_microdeposit_verification_attempts_exceeded' });
  expect(await stripe.setupIntents.retrieve(guessed.id)).toMatchObject({
    ...{ status: 'requires_payment_method', next_action: null },
    last_setup_error: { code: 'payment_method_microdeposit_verification_attempts_exceeded' },
  });
  await clock.by(10 * DAY - 1);
  expect((await stripe.paymentIntents.retrieve(late.id)).status).toBe('requires_action');
  await clock.by(1);
  expect(await stripe.paymentIntents.retrieve(late.id)).toMatchObject({
    ...{ status: 'requires_payment_method', next_action: null, amount_received: 0 },
    last_payment_error: { code: 'payment_method_microdeposit_verification_timeout' },
  });
  const events = (await eventsOf(stripe)).filter(({ data }) => (data.object as { id: string }).id === late.id);
  expect(typesOf(events).slice(-1)).toEqual(['payment_intent.payment_failed']);
});

test('the mandate of an account that was not verified, or not in time, ends; so does that of a payment that is canceled meanwhile', async () => {
  const { clock, customer } = await holder();
  const mandates = async () =>
    (await product.sql<{ status: string }[]>`select status from mandates where customer = ${customer} order by seq`).map(
      ({ status }) => status,
    );
  const [guessed, canceled] = [await pay(customer), await pay(customer)];
  await pay(customer);
  await refusal(stripe.paymentIntents.verifyMicrodeposits(guessed.id, { amounts: [40, 41] }));
  await stripe.paymentIntents.cancel(canceled.id);
  expect(await mandates()).toEqual(['inactive', 'inactive', 'active']);
  await clock.by(10 * DAY);
  expect(await mandates()).toEqual(['inactive', 'inactive', 'inactive']);
});

test('the tenth wrong code and the third wrong pair of amounts end a verification, and a right answer after them counts no more', async () => {
  const { customer } = await holder();
  const [american, canadian] = [await setUp(customer), await setUp(customer, CANADIAN)];
  expect(canadian.next_action).toMatchObject({ verify_with_microdeposits: { microdeposit_type: 'amounts' } });
  const answers = async ({ id }: Stripe.SetupIntent, wrong: Stripe.SetupIntentVerifyMicrodepositsParams, times: number) => {
    const codes: unknown[] = [];
    for (let time = 0; time < times; time++) codes.push((await refusal(stripe.setupIntents.verifyMicrodeposits(id, wrong))).code);
    return codes.map((code) => String(code).replace('payment_method_microdeposit_verification_', ''));
  };
  const codes = await answers(american, { descriptor_code: 'SM33CC' }, 10);
  expect(codes).toEqual([...Array<string>(9).fill('descriptor_code_mismatch'), 'attempts_exceeded']);
  const amounts = await answers(canadian, { amounts: [10, 11] }, 3);
  expect(amounts).toEqual(['amounts_mismatch', 'amounts_mismatch', 'attempts_exceeded']);
  const late = await refusal(stripe.setupIntents.verifyMicrodeposits(american.id, { descriptor_code: 'SM11AA' }));
  expect(late).toMatchObject({ code: 'setup_intent_unexpected_state' });
  expect((await stripe.setupIntents.retrieve(american.id)).status).toBe('requires_payment_method');
});

test('on the page behind next_action the holder may try again, and comes back to the shop', async () => {
  const { customer } = await holder();
  const { id, next_action: action } = await pay(customer, { return_url: BACK });
  const page = `${product.url}${new URL(action?.verify_with_microdeposits?.hosted_verification_url ?? '').pathname}`;
  expect(await (await fetch(page)).text()).toContain('Verify your bank account');
  const send = (code: string) => fetch(page, { method: 'POST', body: new URLSearchParams({ code }), redirect: 'manual' });
  expect(await (await send('SM33CC')).text()).toContain('That does not match.');
  expect((await send('sm11aa')).headers.get('location')).toContain(BACK);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('processing');
});

test('the reference of a mandate begins as the seller has asked', async () => {
  const { customer } = await holder();
  const sepa = (prefix: string) =>
    stripe.setupIntents.create({
      ...{
        customer,
        payment_method_types: ['sepa_debit'],
        payment_method: 'pm_sepaDebit_success_de',
        mandate_data: OFFLINE,
        confirm: true,
      },
      payment_method_options: { sepa_debit: { mandate_options: { reference_prefix: prefix } } },
    });
  const intent = await sepa('ACME-');
  expect(intent.payment_method_options).toMatchObject({ sepa_debit: { mandate_options: { reference_prefix: 'ACME-' } } });
  const { payment_method_details: details } = await stripe.mandates.retrieve(intent.mandate as string);
  expect(details.sepa_debit?.reference).toMatch(/^ACME-[A-Z0-9]{16}$/);
  expect(await refusal(sepa('STRIPE'))).toMatchObject({ param: 'payment_method_options[sepa_debit][mandate_options][reference_prefix]' });
});

test('the mandate of a Canadian account says when it is debited and for whom', async () => {
  const { customer } = await holder();
  const canadian = (mandate_options: Stripe.SetupIntentCreateParams.PaymentMethodOptions.AcssDebit.MandateOptions) =>
    setUp(customer, { ...CANADIAN, payment_method_options: { acss_debit: { currency: 'cad', mandate_options } } });
  const monthly = {
    interval_description: 'On the first of each month',
    payment_schedule: 'interval',
    transaction_type: 'business',
  } as const;
  const intent = await canadian(monthly);
  expect(intent.payment_method_options?.acss_debit).toEqual({
    ...{ currency: 'cad', mandate_options: monthly, verification_method: 'automatic' },
  });
  expect((await stripe.mandates.retrieve(intent.mandate as string)).payment_method_details).toEqual({
    ...{ type: 'acss_debit', acss_debit: monthly },
  });
  expect(await refusal(canadian({ payment_schedule: 'combined' }))).toMatchObject({
    ...{ code: 'parameter_missing', param: 'payment_method_options[acss_debit][mandate_options][interval_description]' },
  });
  expect(await refusal(canadian({ default_for: ['invoice'] }))).toMatchObject({ code: 'parameter_unsupported' });
  const plain = await setUp(customer, { ...CANADIAN, payment_method_options: undefined });
  expect((await stripe.mandates.retrieve(plain.mandate as string)).payment_method_details.acss_debit).toEqual({
    ...{ interval_description: null, payment_schedule: 'sporadic', transaction_type: 'personal' },
  });
});
