import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf, refusal } from '../support/builders';
import { submitPage } from '../support/checkout-page';
import { startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

type Fields = Record<string, unknown>;
const ruleOf = async (rule: string) => (await product.post('/v1/radar/rules', { rule })) as Fields & { id: string };
const decisions = async (intent: string) =>
  ((await product.get(`/v1/radar/decisions?payment_intent=${intent}`)) as unknown as { data: Fields[] }).data;

afterEach(async () => {
  const { data } = (await product.get('/v1/radar/rules?active=true&limit=100')) as unknown as { data: { id: string }[] };
  for (const { id } of data) await product.post(`/v1/radar/rules/${id}`, { active: false });
});

interface Paid {
  intent: string;
  charge: Stripe.Charge;
  error: Stripe.errors.StripeError | null;
}

async function pay(change: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Paid> {
  const { id: intent } = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', payment_method: 'pm_card_visa', ...change });
  const error = await stripe.paymentIntents.confirm(intent, { return_url: 'https://shop.example.com' }).then(
    () => null,
    (refused: unknown) => refused as Stripe.errors.StripeError,
  );
  const { data } = await stripe.charges.list({ payment_intent: intent });
  return { intent, charge: data[0] as Stripe.Charge, error };
}

test('a rule blocks a charge before the bank sees it; the decision is kept with the values at which it looked', async () => {
  const rule = await ruleOf("Block if :amount_in_usd: > 15 AND ::channel:: = 'web' AND NOT :card_country: IN ('DE')");
  expect(rule).toMatchObject({ object: 'radar.rule', action: 'block', version: 1, active: true });
  const { intent, charge, error } = await pay({ metadata: { channel: 'Web' } });
  expect(error).toMatchObject({ code: 'card_declined', decline_code: 'fraudulent', statusCode: 402 });
  expect(charge.outcome).toMatchObject({
    ...{ type: 'blocked', network_status: 'not_sent_to_network', reason: 'rule', rule: rule.id, advice_code: 'do_not_try_again' },
  });
  expect(await decisions(intent)).toMatchObject([
    {
      ...{ decision: 'block', rule: rule.id, reason: 'rule', round: 'before' },
      matched_rules: [{ id: rule.id, version: 1 }],
      values: { amount_in_usd: 20, '::channel::': 'Web', card_country: 'US' },
    },
  ]);
  expect((await pay({ amount: 1500, metadata: { channel: 'web' } })).charge.status).toBe('succeeded');
  expect((await pay({ metadata: {} })).charge.status).toBe('succeeded');
  const changed = await product.post(`/v1/radar/rules/${rule.id}`, { rule: 'Review if :amount_in_usd: > 15' });
  expect(changed).toMatchObject({ action: 'review', version: 2, predicate: ':amount_in_usd: > 15' });
  expect(await product.get(`/v1/radar/rules/${rule.id}`)).toMatchObject({ version: 2 });
  const reviewed = await pay();
  expect(reviewed.charge.outcome).toMatchObject({ type: 'manual_review', reason: 'rule', rule: rule.id });
});

test('what the bank has checked is looked at once it has answered: the authorization is released, and no money has moved', async () => {
  await product.post('/v1/account_settings', { fraud: { block_if_cvc_fails: false } });
  const rule = await ruleOf("Block if :cvc_check: = 'fail'");
  const blocked = await pay({ payment_method: 'pm_card_cvcCheckFail' });
  expect(blocked.error).toMatchObject({ code: 'card_declined', statusCode: 402 });
  expect(blocked.charge).toMatchObject({ status: 'failed', captured: false, balance_transaction: null });
  expect(blocked.charge.outcome).toMatchObject({ type: 'blocked', network_status: 'reversed_after_approval', rule: rule.id });
  const good = await pay();
  expect(good.charge).toMatchObject({ status: 'succeeded', captured: true, amount_captured: 2000 });
  const rounds = (await decisions(good.intent)).map(({ round, decision }) => [String(round), decision]);
  expect(Object.fromEntries(rounds)).toEqual({ before: 'allow', after_authorization: 'allow' });
  const manual = await pay({ capture_method: 'manual' });
  expect(manual.charge).toMatchObject({ status: 'succeeded', captured: false });
  expect((await stripe.paymentIntents.capture(manual.intent)).status).toBe('succeeded');
  await product.post('/v1/account_settings', { fraud: { block_if_cvc_fails: true } });
});

test('without a rule, each charge has one decision with what the settings looked at, also when it is declined or blocked', async () => {
  const paid = await pay();
  expect(await decisions(paid.intent)).toMatchObject([
    {
      ...{ decision: 'allow', rule: null, reason: null, round: 'before', risk_level: 'normal', matched_rules: [] },
      values: { card_attempts_within_hour: 0, card_attempts_per_hour: 60, is_off_session: false, elevated_risk: 'allow' },
    },
  ]);
  const declined = await pay({ payment_method: 'pm_card_visa_chargeDeclined' });
  expect(await decisions(declined.intent)).toMatchObject([{ decision: 'allow', round: 'before' }]);
  const blocked = await pay({ payment_method: 'pm_card_radarBlock' });
  expect(await decisions(blocked.intent)).toMatchObject([
    { decision: 'block', rule: 'highest_risk_level', reason: 'highest_risk_level', values: { risk_level: 'highest' } },
  ]);
});

test('without a rule, each card that is set up has one decision, also when its bank declines', async () => {
  const { id: customer } = await stripe.customers.create();
  const setUp = (payment_method: string) =>
    stripe.setupIntents.create({ customer, payment_method, payment_method_types: ['card'], confirm: true });
  const { id } = await setUp('pm_card_visa');
  const made = async (setup: string) => (await product.get(`/v1/radar/decisions?setup_intent=${setup}`))['data'];
  expect(await made(id)).toMatchObject([
    {
      ...{ decision: 'allow', rule: null, round: 'before', matched_rules: [], payment_intent: null, setup_intent: id },
      values: { risk_level: 'normal', is_off_session: false },
    },
  ]);
  expect(await refusal(setUp('pm_card_visa_chargeDeclined'))).toMatchObject({ code: 'card_declined' });
  const [declined] = (await stripe.setupIntents.list({ customer, limit: 1 })).data;
  expect(await made(declined?.id ?? '')).toMatchObject([{ decision: 'allow', round: 'before' }]);
});

test('counters look back over their window and leave the present charge out, also on a renewal', async () => {
  await ruleOf('Block if :authorized_charges_per_customer_daily: >= 2');
  const { customer } = await customerWith(stripe, null);
  const outcomes: string[] = [];
  for (let each = 0; each < 3; each += 1) outcomes.push((await pay({ customer })).charge.status);
  expect(outcomes).toEqual(['succeeded', 'succeeded', 'failed']);
  const clock = await startClock(stripe, '2030-01-01');
  const { customer: member } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  await stripe.subscriptions.create({ customer: member, items: [{ price: await priceOf(stripe, 1000) }] });
  await ruleOf('Block if :is_recurring: AND :total_charges_per_customer_all_time: >= 1');
  await clock.to('2030-02-02');
  const { data } = await stripe.charges.list({ customer: member });
  expect(data.map(({ status, outcome }) => [status, outcome?.type])).toEqual([
    ['failed', 'blocked'],
    ['succeeded', 'authorized'],
  ]);
});

test('at the checkout page a rule sees where the browser is, and nothing that it only says', async () => {
  const rule = await ruleOf("Block if :ip_address: = '127.0.0.1'");
  const { id: price } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
  const line_items = [{ price, quantity: 1 }];
  const { url } = await stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://shop.example.com/thanks', line_items });
  const card = { email: 'ada@example.com', name: 'A. Lovelace', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };
  await submitPage(url ?? '', card, { 'X-Forwarded-For': '203.0.113.9' });
  const { data } = await stripe.charges.list({ limit: 100 });
  const charge = data.find(({ amount }) => amount === 500);
  expect(charge).toMatchObject({ status: 'failed', outcome: { type: 'blocked', rule: rule.id } });
});

test('a list of values allows and blocks, by a rule or because every account has it', async () => {
  const list = await stripe.radar.valueLists.create({ alias: 'trusted_people', name: 'Trusted', item_type: 'email' });
  expect(list).toMatchObject({ object: 'radar.value_list', item_type: 'email', list_items: { data: [], has_more: false } });
  await stripe.radar.valueListItems.create({ value_list: list.id, value: 'ADA@example.com' });
  const rule = await ruleOf('Allow if :email: IN @trusted_people');
  const { customer } = await customerWith(stripe, null);
  const risky = 'pm_card_radarBlock';
  expect((await pay({ customer, payment_method: risky })).charge.outcome).toMatchObject({ type: 'authorized' });
  const { customer: other } = await customerWith(stripe, null, { email: 'eve@example.com' });
  expect((await pay({ customer: other, payment_method: risky })).charge.outcome).toMatchObject({ type: 'blocked' });
  expect(await refusal(stripe.radar.valueLists.del(list.id))).toMatchObject({ statusCode: 400 });
  expect((await refusal(ruleOf('Block if :email: IN @nobody'))).message).toContain('at character 21: There is no value list');
  await product.post(`/v1/radar/rules/${rule.id}`, { rule: 'Allow if :risk_score: < 0' });
  const shown = await stripe.radar.valueLists.retrieve(list.id);
  expect(shown.list_items.data).toMatchObject([{ value: 'ada@example.com', value_list: list.id }]);
  const { data: having } = await stripe.radar.valueLists.list({ contains: 'ada@example.com' });
  expect(having.map(({ alias }) => alias)).toEqual(['trusted_people']);
  expect(await stripe.radar.valueLists.del(list.id)).toMatchObject({ deleted: true });

  const { data: standard } = await stripe.radar.valueLists.list({ alias: 'email_blocklist' });
  const blocklist = String(standard[0]?.id);
  const { id: item } = await stripe.radar.valueListItems.create({ value_list: blocklist, value: 'eve@example.com' });
  expect(await refusal(stripe.radar.valueListItems.create({ value_list: blocklist, value: 'EVE@example.com' }))).toMatchObject({
    statusCode: 400,
  });
  expect(await refusal(stripe.radar.valueListItems.create({ value_list: blocklist, value: 'nobody' }))).toMatchObject({ param: 'value' });
  expect((await pay({ customer: other })).charge.outcome).toMatchObject({ type: 'blocked', rule: 'email_blocklist' });
  expect((await stripe.radar.valueListItems.retrieve(item)).value).toBe('eve@example.com');
  expect((await stripe.radar.valueListItems.list({ value_list: blocklist })).data).toHaveLength(1);
  await stripe.radar.valueListItems.del(item);
  expect((await pay({ customer: other })).charge.status).toBe('succeeded');
  expect(await refusal(stripe.radar.valueLists.del(blocklist))).toMatchObject({ statusCode: 400 });
  expect(await stripe.radar.valueLists.update(blocklist, { name: 'Never' })).toMatchObject({ name: 'Never', alias: 'email_blocklist' });
});

test('a rule asks for 3-D Secure once, and a rule that allows ends nothing of that', async () => {
  await ruleOf('Request 3D Secure if :amount_in_usd: > 10');
  await ruleOf("Allow if :card_brand: = 'visa'");
  const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', payment_method: 'pm_card_threeDSecureOptional' });
  const asked = await stripe.paymentIntents.confirm(id, { return_url: 'https://shop.example.com' });
  expect(asked.status).toBe('requires_action');
  expect((await decisions(id)).map(({ decision }) => decision)).toEqual(['require_3ds']);
});

test('case counts on a list of `case_sensitive_string` only: for rules, and when lists are asked which of them have a value', async () => {
  const listWith = async (alias: string, item_type: 'case_sensitive_string' | 'string') => {
    const { id } = await stripe.radar.valueLists.create({ alias, name: alias, item_type });
    await stripe.radar.valueListItems.create({ value_list: id, value: 'ärger' });
  };
  await listWith('exact_words', 'case_sensitive_string');
  await listWith('words', 'string');
  const having = async (contains: string) => (await stripe.radar.valueLists.list({ contains })).data.map(({ alias }) => alias);
  expect(await having('ärger')).toEqual(['words', 'exact_words']);
  expect(await having('ÄRGER')).toEqual(['words']);
  await ruleOf('Review if ::word:: IN @words');
  await ruleOf('Block if ::word:: IN @exact_words');
  expect((await pay({ metadata: { word: 'Ärger' } })).charge.outcome?.type).toBe('manual_review');
  expect((await pay({ metadata: { word: 'ärger' } })).charge.outcome?.type).toBe('blocked');
});

const backtest = (rule: string, from = 0) =>
  product.post('/v1/radar/backtests', { rule, from, to: 4_000_000_000 }) as Promise<Fields & { outcomes: Fields[] }>;
const found = ({ outcomes }: { outcomes: Fields[] }) =>
  outcomes
    .filter(({ payments }) => payments !== 0)
    .map(({ amounts, outcome, overridden, payments }) => [outcome, payments, amounts, overridden]);

test('a rule is tested on past payments: where it matches, what came of them, and for how much', async () => {
  const { customer, card } = await customerWith(stripe, 'pm_card_de', { email: 'past@example.com' });
  const own = { customer, payment_method: card ?? '', metadata: { batch: 'past' } };
  const [good, back, disputed] = [await pay(own), await pay({ ...own, amount: 3000 }), await pay({ ...own, amount: 5000 })];
  await stripe.refunds.create({ payment_intent: back.intent });
  await product.post(`/v1/test_helpers/charges/${disputed.charge.id}/dispute`);
  await ruleOf("Block if ::batch:: = 'past' AND :amount_in_usd: > 60");
  await pay({ ...own, amount: 7000 });
  const allowing = await ruleOf("Allow if ::batch:: = 'past' AND :amount_in_usd: > 80");
  await pay({ ...own, amount: 9000 });
  const all = await backtest("Block if ::batch:: = 'past'");
  expect(all).toMatchObject({ object: 'radar.backtest', action: 'block', complete: true, matched: 5, predicate: "::batch:: = 'past'" });
  expect(found(all)).toEqual([
    ['disputed', 1, { usd: 5000 }, 0],
    ['refunded', 1, { usd: 3000 }, 0],
    ['blocked', 1, { usd: 7000 }, 0],
    ['succeeded', 2, { usd: 11_000 }, 1],
  ]);
  expect(all.outcomes.find(({ outcome }) => outcome === 'succeeded')?.['examples']).toContain(good.charge.id);
  const counted = await backtest("Review if :email: = 'past@example.com' AND :total_charges_per_customer_all_time: >= 2");
  expect(counted['matched']).toBe(3);
  expect(found(await backtest("Block if ::batch:: = 'past' AND :card_country: = 'DE' AND :amount_in_usd: < 25"))).toEqual([
    ['succeeded', 1, { usd: 2000 }, 0],
  ]);
  expect(await refusal(backtest('Block if :nothing: = 1'))).toMatchObject({ param: 'rule', statusCode: 400 });
  expect(await refusal(backtest('Block if :is_off_session:', 5_000_000_000))).toMatchObject({ param: 'to', statusCode: 400 });
  expect((await product.get(`/v1/radar/rules/${allowing.id}`))['active']).toBe(true);
});

test('a rule in shadow changes no payment; its report says what it would have caught', async () => {
  const rule = await product.post('/v1/radar/rules', { rule: "Block if ::batch:: = 'shadow'", shadow: true });
  expect(rule).toMatchObject({ shadow: true, action: 'block' });
  const late = product.post('/v1/radar/rules', { rule: "Block if :cvc_check: = 'fail'", shadow: true });
  expect(await refusal(late)).toMatchObject({ param: 'shadow', statusCode: 400 });
  const { customer, card } = await customerWith(stripe, 'pm_card_visa');
  const own = { customer, payment_method: card ?? '', metadata: { batch: 'shadow' } };
  const [seen, disputed] = [await pay(own), await pay(own)];
  expect(seen.charge).toMatchObject({ status: 'succeeded', outcome: { type: 'authorized' } });
  expect(await decisions(seen.intent)).toMatchObject([
    { decision: 'allow', rule: null, matched_rules: [{ id: rule['id'], shadow: true }] },
  ]);
  await product.post(`/v1/test_helpers/charges/${disputed.charge.id}/dispute`);
  const real = await ruleOf("Block if ::batch:: = 'shadow' AND :amount_in_usd: > 40");
  expect((await pay({ ...own, amount: 5000 })).charge.outcome?.type).toBe('blocked');
  await pay(own);
  const report = await product.get('/v1/radar/report?from=0&to=4000000000&format=csv');
  const lines = (report as unknown as { rules: Fields[] }).rules;
  expect(lines.find((line) => line['rule'] === rule['id'])).toMatchObject({
    ...{ matched: 4, shadow: 4, blocked: 0, succeeded: 3, disputed: 1, disputed_amount: 2000, dispute_rate: 1 / 3, currency: 'usd' },
  });
  expect(lines.find((line) => line['rule'] === real.id)).toMatchObject({ blocked: 1, blocked_amount: 5000, false_positives: 1, shadow: 0 });
  expect(report['csv']).toContain(`${real.id},usd,1,0,1,0,0,1,0,0,50.00,0.00,\r\n`);
});

test('a trial may be had once with a card: the second card set up for one is refused, and a paying customer is not', async () => {
  await ruleOf('Block if :is_trial: AND :trials_per_card_number_yearly: >= 1');
  const start = async (email: string, trial: number) => {
    const { id: customer } = await stripe.customers.create({ email });
    const { pending_setup_intent: setup } = await stripe.subscriptions.create({
      ...{ customer, items: [{ price: await priceOf(stripe) }], payment_behavior: 'default_incomplete' },
      ...(trial === 0 ? {} : { trial_period_days: trial }),
    });
    return typeof setup === 'string' ? setup : '';
  };
  const confirm = (setup: string) => stripe.setupIntents.confirm(setup, { payment_method: 'pm_card_jcb' });
  expect((await confirm(await start('one@trial.example.com', 7))).status).toBe('succeeded');
  const again = await start('two@trial.example.com', 7);
  expect(await refusal(confirm(again))).toMatchObject({ code: 'card_declined', decline_code: 'fraudulent', statusCode: 402 });
  expect(await decisions(again)).toMatchObject([{ decision: 'block', values: { is_trial: true, trials_per_card_number_yearly: 1 } }]);
  const { customer, card } = await customerWith(stripe, 'pm_card_jcb');
  expect((await pay({ customer, payment_method: card ?? '' })).charge.status).toBe('succeeded');
});

test('rules see the product, the bank behind the card and where the app says that the payer is; lists of them need no rule', async () => {
  const { customer, card } = await customerWith(stripe, 'pm_card_visa');
  const risky = (await stripe.products.create({ name: 'Risky' })).id;
  const { id: price } = await stripe.prices.create({
    unit_amount: 1000,
    currency: 'usd',
    recurring: { interval: 'month' },
    product: risky,
  });
  const rule = await ruleOf(`Block if :products: INCLUDES '${risky}' AND :card_bin: = '424242'`);
  const subscribe = (of: string) =>
    stripe.subscriptions.create({ customer, items: [{ price: of }], default_payment_method: card ?? '', expand: ['latest_invoice'] });
  expect((await subscribe(await priceOf(stripe))).status).toBe('active');
  const blocked = await subscribe(price);
  expect(blocked.status).toBe('incomplete');
  await product.post(`/v1/radar/rules/${rule.id}`, { active: false });
  await ruleOf("Block if :ip_country: IN ('KP') AND :billing_address_country: != :ip_country:");
  const billed = { billing_details: { address: { country: 'DE' } } };
  const { id: german } = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' }, ...billed });
  expect((await pay({ payment_method: german, metadata: { ip_country: 'KP' } })).charge.outcome?.type).toBe('blocked');
  const { data } = await stripe.radar.valueLists.list({ alias: 'ip_address_blocklist' });
  const item = await stripe.radar.valueListItems.create({ value_list: data[0]?.id ?? '', value: '203.0.113.7' });
  expect((await pay({ metadata: { ip_address: '203.0.113.7' } })).charge.outcome).toMatchObject({
    type: 'blocked',
    rule: 'ip_address_blocklist',
  });
  await stripe.radar.valueListItems.del(item.id);
});

test('strong authentication: a low amount or risk is exempted, without a shift of liability; what is above is asked for', async () => {
  await product.sql`update accounts set country = 'DE' where id = ${product.account}`;
  await product.post('/v1/account_settings', { fraud: { strong_authentication: { apply: true, low_risk_up_to: 100 } } });
  const { customer, card } = await customerWith(stripe, 'pm_card_threeDSecureOptional');
  await product.sql`update payment_methods set card = jsonb_set(card, '{country}', '"FR"') where id = ${card}`;
  const eur = async (amount: number, change: object = {}) => {
    const intent = await stripe.paymentIntents.create({
      ...{ amount, currency: 'eur', customer, payment_method: card ?? '', confirm: true, return_url: 'https://shop.example.com' },
      ...{ expand: ['latest_charge'], ...change },
    });
    const charge = intent.latest_charge as Stripe.Charge | null;
    return [intent.status, charge?.payment_method_details?.card?.three_d_secure ?? null] as const;
  };
  const exempted = {
    result: 'exempted',
    authentication_flow: null,
    electronic_commerce_indicator: null,
    exemption_indicator_applied: true,
  };
  expect(await eur(2000)).toMatchObject(['succeeded', { ...exempted, exemption_indicator: 'none' }]);
  expect(await eur(9000)).toMatchObject(['succeeded', { ...exempted, exemption_indicator: 'low_risk' }]);
  expect(await eur(2900)).toMatchObject(['succeeded', { exemption_indicator: 'low_risk' }]);
  expect(await eur(15_000)).toEqual(['requires_action', null]);
  expect(await eur(15_000, { off_session: true })).toEqual(['succeeded', null]);
  await product.post('/v1/account_settings', { fraud: { strong_authentication: { apply: false, low_risk_up_to: 0 } } });
  expect(await eur(15_000)).toEqual(['succeeded', null]);
});
