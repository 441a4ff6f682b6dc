import type Stripe from 'stripe';
import type { BillingErrorCode } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { customerWith, priceOf, refusal } from '../../support/builders';
import { at, startClock } from '../../support/clock';
import { startStripeTax, type StripeTaxFake } from '../../../scripts/stripe-tax';
import { until } from '../../support/system';
import { startProduct, type Product } from '../../support/product';

let product: Product;
let taxApi: StripeTaxFake;
let stripe: Stripe;

beforeAll(async () => {
  taxApi = await startStripeTax();
  taxApi.mood = 'locked';
  product = await startProduct({ stripeTax: { test: 'sk_test_wrong', url: taxApi.url } });
  ({ stripe } = product);
}, 120_000);
afterAll(async () => {
  await until(async () => ((await product.sql`select 1 from test_clocks where status = 'advancing'`).length === 0 ? true : null));
  await product.stop();
  await taxApi.stop();
});

/** What a caller sees: status, type, code (null where Stripe has a message only), the parameter, and words of the message. */
interface Refused {
  call: () => Promise<unknown>;
  status?: number;
  type?: string;
  code?: string | null;
  param?: string;
  says: RegExp;
}

const subscribed = async (change: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  return stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }], ...change });
};
const invoiceOf = async (subscription: Promise<Stripe.Subscription>): Promise<string> => (await subscription).latest_invoice as string;
const draft = async (): Promise<string> => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  return (await stripe.invoices.create({ customer, auto_advance: false })).id;
};
const openInvoice = async (): Promise<string> => {
  const { customer } = await customerWith(stripe, null);
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' });
  const { id } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' });
  await stripe.invoices.finalizeInvoice(id);
  return id;
};
const charged = async (card = 'pm_card_visa', amount = 1000): Promise<string> => {
  const { customer, card: method } = await customerWith(stripe, card);
  const pay = { amount, currency: 'usd', customer, payment_method: method as string, confirm: true };
  return (await stripe.paymentIntents.create(pay)).latest_charge as string;
};
const checkout = async (): Promise<Stripe.Checkout.Session> =>
  stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url: 'https://shop.example.com',
    line_items: [{ price: await priceOf(stripe), quantity: 1 }],
  });
async function newLicense(): Promise<{ id: string; key: string }> {
  const id = await newProduct();
  await product.post('/v1/license_policies', { product: id, activation_limit: 1 });
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const price = await priceOf(stripe, 1000, { product: id, product_data: undefined as never });
  await stripe.subscriptions.create({ customer, items: [{ price }] });
  const [license] = (await product.get(`/v1/licenses?customer=${customer}`))['data'] as { id: string; key: string }[];
  return license ?? { id: '', key: '' };
}
/** A setup intent whose bank account waits for its holder. */
const unverified = async (): Promise<string> => {
  const { id } = await stripe.setupIntents.create({
    ...{ payment_method_types: ['us_bank_account'], payment_method: 'pm_usBankAccount_success', confirm: true },
    payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
    mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
  });
  return id;
};
const newProduct = async (): Promise<string> => (await stripe.products.create({ name: 'Pro' })).id;

/** Every code of `domain/core/errors.ts` has a real call that is refused with it; without one the table does not compile. */
const CODES: Record<BillingErrorCode, Refused> = {
  parameter_invalid: {
    call: () => stripe.customers.create({ email: 'a'.repeat(600) }),
    ...{ code: null, param: 'email', says: /email|characters/i },
  },
  parameter_unknown: {
    call: () => product.post('/v1/customers', { emial: 'ann@example.com' }),
    ...{ code: 'parameter_unknown', param: 'emial', says: /unknown parameter/i },
  },
  parameter_missing: {
    call: () => product.post('/v1/prices', { unit_amount: 100 }),
    ...{ code: 'parameter_missing', param: 'currency', says: /required/i },
  },
  parameter_unsupported: {
    call: () => product.post('/v1/customers', { validate: 'true' }),
    ...{ code: 'parameter_unsupported', param: 'validate', says: /support/i },
  },
  parameters_exclusive: {
    call: async () => stripe.coupons.create({ percent_off: 10, amount_off: 100, currency: 'usd' }),
    ...{ code: 'parameters_exclusive', says: /only specify one|both/i },
  },
  resource_missing: {
    call: () => stripe.customers.retrieve('cus_nobody'),
    ...{ status: 404, code: 'resource_missing', param: 'id', says: /No such customer: 'cus_nobody'/ },
  },
  resource_already_exists: {
    call: async () => stripe.products.create({ id: await newProduct(), name: 'Pro' }),
    ...{ code: 'resource_already_exists', says: /already exists/i },
  },
  customer_billed_elsewhere: {
    call: async () => {
      const { customer } = await customerWith(stripe, 'pm_card_visa');
      await product.sql`update customers set billed_by = 'source' where id = ${customer}`;
      return stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
    },
    ...{ code: null, param: 'customer', says: /still billed by the system/ },
  },
  customer_missing_payment_method: {
    call: async () => {
      const { customer } = await customerWith(stripe, null);
      const { id } = await stripe.invoices.create({ customer, auto_advance: false });
      await stripe.invoiceItems.create({ customer, invoice: id, amount: 1000, currency: 'usd' });
      return stripe.invoices.pay(id);
    },
    ...{ code: 'resource_missing', says: /payment (method|source)/i },
  },
  currency_mismatch: {
    call: async () => {
      const { customer, id } = await subscribed();
      const item = { customer: customer as string, subscription: id, amount: 100, currency: 'eur' };
      return stripe.invoiceItems.create(item);
    },
    ...{ code: null, param: 'currency', says: /billed in `usd`/ },
  },
  amount_too_small: {
    call: () => stripe.paymentIntents.create({ amount: 10, currency: 'usd' }),
    ...{ code: 'amount_too_small', param: 'amount', says: /at least \$0.50/ },
  },
  amount_too_large: {
    call: async () => {
      const { customer } = await customerWith(stripe, null);
      const { id } = await stripe.invoices.create({ customer, auto_advance: false });
      const half = { customer, invoice: id, amount: LIMITS.chargeAmount.max, currency: 'usd' };
      for (const item of [half, half]) await stripe.invoiceItems.create(item);
      return stripe.invoices.finalizeInvoice(id);
    },
    ...{ code: 'amount_too_large', says: /more than one charge can be/ },
  },
  subscription_canceled: {
    call: async () => {
      const { id } = await subscribed();
      await stripe.subscriptions.cancel(id);
      return stripe.subscriptions.update(id, { cancel_at_period_end: true });
    },
    ...{ code: null, says: /canceled subscription can only update/ },
  },
  subscription_not_editable: {
    call: async () => {
      const schedule = await stripe.subscriptionSchedules.create({ from_subscription: (await subscribed()).id });
      return stripe.subscriptions.update(schedule.subscription as string, { cancel_at_period_end: true });
    },
    ...{ code: null, says: /schedule/ },
  },
  subscription_not_paused: {
    call: async () => stripe.subscriptions.resume((await subscribed()).id),
    ...{ code: null, says: /Only a paused subscription/ },
  },
  too_many_subscriptions: {
    call: async () => {
      const { id, customer } = await subscribed();
      await fillUp(id, LIMITS.subscriptionsPerCustomer.max);
      return stripe.subscriptions.create({ customer: customer as string, items: [{ price: await priceOf(stripe) }] });
    },
    ...{ code: 'customer_max_subscriptions', param: 'customer', says: /the most there can be/ },
  },
  too_many_items: {
    call: async () => subscribed({ backdate_start_date: at('2000-01-01') }),
    ...{ code: null, param: 'backdate_start_date', says: /lines/ },
  },
  change_too_large: {
    call: async () => {
      const tiers = Array.from({ length: 100 }, (_, index) => ({ up_to: index === 99 ? 'inf' : index + 1, unit_amount: 1 }));
      const tiered = { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers, unit_amount: undefined } as const;
      const price = await priceOf(stripe, undefined, tiered as unknown as Partial<Stripe.PriceCreateParams>);
      const weekly = Math.floor(Date.now() / 1000) - 19 * 365 * 86_400;
      return subscribed({ items: [{ price }], backdate_start_date: weekly });
    },
    ...{ code: null, param: 'backdate_start_date', says: /tiers/ },
  },
  invoice_not_editable: {
    call: async () => stripe.invoices.addLines(await invoiceOf(subscribed()), { lines: [{ amount: 100, description: 'late' }] }),
    ...{ code: 'invoice_not_editable', says: /while an invoice is a draft/ },
  },
  invoice_not_payable: {
    call: async () => stripe.invoices.voidInvoice(await invoiceOf(subscribed())),
    ...{ code: null, says: /only void open or uncollectible invoices; this one is paid/ },
  },
  invoice_already_paid: {
    call: async () => stripe.invoices.pay(await invoiceOf(subscribed())),
    ...{ code: null, says: /already paid/ },
  },
  invoice_already_finalized: {
    call: async () => {
      const id = await draft();
      await stripe.invoices.finalizeInvoice(id);
      return stripe.invoices.finalizeInvoice(id);
    },
    ...{ code: null, says: /already finalized/ },
  },
  invoice_upcoming_none: {
    call: async () => stripe.invoices.createPreview({ customer: (await customerWith(stripe, null)).customer }),
    ...{ status: 404, code: 'invoice_upcoming_none', says: /No upcoming invoices/ },
  },
  payment_intent_unexpected_state: {
    call: async () => {
      const { id } = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
      await stripe.paymentIntents.cancel(id);
      return stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
    },
    ...{ code: 'payment_intent_unexpected_state', says: /canceled/ },
  },
  setup_intent_unexpected_state: {
    call: async () => {
      const { id } = await stripe.setupIntents.create({});
      await stripe.setupIntents.cancel(id);
      return stripe.setupIntents.confirm(id, { payment_method: 'pm_card_visa' });
    },
    ...{ code: 'setup_intent_unexpected_state', says: /canceled/ },
  },
  payment_attempt_in_progress: {
    call: async () => {
      const { id } = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
      await product.post('/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 1000 });
      const paid = stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
      await attemptOf(id);
      const refused = await refusal(stripe.paymentIntents.update(id, { amount: 2000 }));
      await stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');
      await paid;
      throw refused;
    },
    ...{ status: 429, code: 'lock_timeout', says: /is being processed/ },
  },
  microdeposit_amounts_mismatch: {
    call: async () => stripe.setupIntents.verifyMicrodeposits(await unverified(), { amounts: [10, 11] }),
    ...{ code: 'payment_method_microdeposit_verification_amounts_mismatch', param: 'amounts', says: /do not match/ },
  },
  microdeposit_descriptor_code_mismatch: {
    call: async () => stripe.setupIntents.verifyMicrodeposits(await unverified(), { descriptor_code: 'SM33CC' }),
    ...{ code: 'payment_method_microdeposit_verification_descriptor_code_mismatch', param: 'descriptor_code', says: /does not match/ },
  },
  microdeposit_attempts_exceeded: {
    call: async () => stripe.setupIntents.verifyMicrodeposits(await unverified(), { descriptor_code: 'SM44DD' }),
    ...{ code: 'payment_method_microdeposit_verification_attempts_exceeded', says: /too many attempts/ },
  },
  payment_method_unusable: {
    call: async () => {
      const { card } = await customerWith(stripe, 'pm_card_visa');
      return stripe.paymentMethods.attach(card as string, { customer: (await customerWith(stripe, null)).customer });
    },
    ...{ code: null, param: 'payment_method', says: /already been attached to a customer/ },
  },
  card_declined: {
    call: () => charged('pm_card_chargeCustomerFail'),
    ...{ status: 402, type: 'card_error', code: 'card_declined', says: /declined/ },
  },
  authentication_required: {
    call: async () => {
      const { customer, card } = await customerWith(stripe, 'pm_card_authenticationRequired');
      const pay = { amount: 1000, currency: 'usd', customer, payment_method: card as string, confirm: true, off_session: true };
      return stripe.paymentIntents.create(pay);
    },
    ...{ status: 402, type: 'card_error', code: 'authentication_required', says: /requires authentication/ },
  },
  token_already_used: {
    call: async () => {
      const { id: source } = await stripe.tokens.create({ card: { number: '4242424242424242', exp_month: '12', exp_year: '2034' } });
      await stripe.customers.create({ source });
      return stripe.customers.create({ source });
    },
    ...{ code: 'token_already_used', param: 'source', says: /more than once/ },
  },
  charge_already_captured: {
    call: async () => stripe.charges.capture(await charged()),
    ...{ code: 'charge_already_captured', says: /already been captured/ },
  },
  charge_already_refunded: {
    call: async () => {
      const charge = await charged();
      await stripe.refunds.create({ charge });
      return stripe.refunds.create({ charge });
    },
    ...{ code: 'charge_already_refunded', says: /already been refunded/ },
  },
  charge_disputed: {
    call: async () => stripe.refunds.create({ charge: await charged('pm_card_createDispute') }),
    ...{ code: 'charge_disputed', says: /charged back/ },
  },
  refund_exceeds_charge: {
    call: async () => stripe.refunds.create({ charge: await charged(), amount: 1001 }),
    ...{ code: null, param: 'amount', says: /greater than the unrefunded amount on the charge \(1000\)/ },
  },
  refund_not_cancelable: {
    call: async () => stripe.refunds.cancel((await stripe.refunds.create({ charge: await charged() })).id),
    ...{ code: null, says: /only cancel a refund that is pending; this one is succeeded/ },
  },
  credit_note_exceeds_invoice: {
    call: async () => stripe.creditNotes.create({ invoice: await openInvoice(), amount: 100_000 }),
    ...{ code: null, param: 'amount', says: /more than the \d+ that can still be credited/ },
  },
  credit_note_not_voidable: {
    call: async () => {
      const { id } = await stripe.creditNotes.create({ invoice: await openInvoice(), amount: 1 });
      await stripe.creditNotes.voidCreditNote(id);
      return stripe.creditNotes.voidCreditNote(id);
    },
    ...{ code: null, says: /is void already/ },
  },
  dispute_not_editable: {
    call: async () => {
      const charge = await charged('pm_card_createDispute');
      const [dispute] = (await stripe.disputes.list({ charge })).data;
      await stripe.disputes.close(dispute?.id as string);
      return stripe.disputes.update(dispute?.id as string, { evidence: { uncategorized_text: 'late' } });
    },
    ...{ code: null, says: /already closed/ },
  },
  coupon_expired: {
    call: async () => {
      const { id: coupon } = await stripe.coupons.create({ percent_off: 10, max_redemptions: 1 });
      await subscribed({ discounts: [{ coupon }] });
      return subscribed({ discounts: [{ coupon }] });
    },
    ...{ code: 'coupon_expired', says: /Coupon expired/ },
  },
  promotion_code_customer_not_first_time: {
    call: async () => {
      const { id: coupon } = await stripe.coupons.create({ percent_off: 10 });
      const restrictions = { first_time_transaction: true };
      const { id } = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon }, restrictions });
      const { customer } = await subscribed();
      return subscribed({ customer: customer as string, discounts: [{ promotion_code: id }] });
    },
    ...{ code: 'promotion_code_customer_not_first_time', says: /prior transactions/ },
  },
  customer_tax_location_invalid: {
    call: async () => stripe.customers.create({ address: { country: 'US' }, tax: { validate_location: 'immediately' } }),
    ...{ code: 'customer_tax_location_invalid', param: 'tax[validate_location]', says: /location isn't recognized/ },
  },
  tax_id_invalid: {
    call: async () => stripe.customers.createTaxId((await customerWith(stripe, null)).customer, { type: 'eu_vat', value: 'nonsense' }),
    ...{ code: 'tax_id_invalid', param: 'value', says: /Invalid value for eu_vat/ },
  },
  taxes_calculation_failed: {
    call: async () => {
      await stripe.tax.settings.update({ head_office: { address: { country: 'DE' } }, defaults: { tax_behavior: 'exclusive' } });
      await product.post('/v1/account_settings', { tax: { provider: 'stripe' } });
      const { customer } = await customerWith(stripe, 'pm_card_visa', { address: { country: 'DE' } });
      const invoice = await stripe.invoices.create({ customer, auto_advance: false, automatic_tax: { enabled: true } });
      await stripe.invoiceItems.create({ customer, invoice: invoice.id, amount: 1000, currency: 'usd' });
      return stripe.invoices
        .finalizeInvoice(invoice.id)
        .finally(() => product.post('/v1/account_settings', { tax: { provider: 'dunlin' } }));
    },
    ...{ status: 503, type: 'api_error', code: 'taxes_calculation_failed', says: /could not be calculated.*HTTP 401/ },
  },
  too_many_tax_ids: {
    call: async () => {
      const { customer } = await customerWith(stripe, null);
      for (const digit of [1, 2, 3, 4, 5]) await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: `DE12345678${digit}` });
      return stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456786' });
    },
    ...{ code: null, says: /at most 5 tax IDs/ },
  },
  test_clock_not_ready: {
    call: async () => {
      const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: at('2026-01-01') });
      const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: id });
      await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
      await stripe.testHelpers.testClocks.advance(id, { frozen_time: at('2026-07-01') });
      return stripe.testHelpers.testClocks.advance(id, { frozen_time: at('2026-08-01') });
    },
    ...{ code: null, says: /still advancing/ },
  },
  test_clock_backwards: {
    call: async () => {
      const clock = await startClock(stripe, '2026-01-01');
      return stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at('2025-12-31') });
    },
    ...{ code: null, param: 'frozen_time', says: /must be after/ },
  },
  product_in_use: {
    call: async () => {
      const id = await newProduct();
      await stripe.prices.create({ product: id, currency: 'usd', unit_amount: 100 });
      return stripe.products.del(id);
    },
    ...{ code: null, says: /user-created prices/ },
  },
  checkout_session_unexpected_state: {
    call: async () => {
      const { id } = await checkout();
      await stripe.checkout.sessions.expire(id);
      return stripe.checkout.sessions.expire(id);
    },
    ...{ code: null, says: /"open".*`expired`/ },
  },
  checkout_amount_changed: {
    call: async (): Promise<unknown> => {
      const { id } = await checkout();
      return stripe.rawRequest('POST', `/v1/payment_pages/${id}/confirm`, { payment_method: 'pm_card_visa', expected_amount: 1 });
    },
    ...{ code: null, param: 'expected_amount', says: /Nothing was charged/ },
  },
  quote_unexpected_state: {
    call: async () => {
      const { customer } = await customerWith(stripe, null);
      const { id } = await stripe.quotes.create({ customer, line_items: [{ price: await priceOf(stripe) }] });
      return stripe.quotes.accept(id);
    },
    ...{ code: null, says: /draft|finalized|open/ },
  },
  license_unusable: {
    call: async () => {
      const license = await newLicense();
      await product.post(`/v1/licenses/${license.id}/revoke`);
      return product.post('/licenses/activate', { key: license.key, fingerprint: 'a' });
    },
    ...{ code: null, says: /revoked/ },
  },
  license_activation_limit: {
    call: async () => {
      const { key } = await newLicense();
      await product.post('/licenses/activate', { key, fingerprint: 'a' });
      return product.post('/licenses/activate', { key, fingerprint: 'b' });
    },
    ...{ code: null, says: /used on 1 machine, as many as it allows/ },
  },
  agent_limit_exceeded: {
    call: async () => {
      const { customer } = await customerWith(stripe, null);
      await product.post('/v1/account_settings', { agents: { limits: [{ currency: 'usd', amount: 10 }] } });
      const credit = { amount: -11, currency: 'usd' };
      await stripe.customers.createBalanceTransaction(customer, credit, { idempotencyKey: 'mcp/key_1/beyond' }).finally(async () => {
        await product.post('/v1/account_settings', { agents: { limits: '' } });
      });
    },
    ...{ status: 403, code: null, says: /more than an agent may without a person/ },
  },
  access_missing: {
    call: async () => {
      const id = await newProduct();
      const path = `/v1/products/${id}/downloads`;
      const { id: download } = (await product.post(path, { name: 'Manual', url: 'https://shop.test/manual.pdf' })) as { id: string };
      return product.post(`${path}/${download}/link`, { customer: (await customerWith(stripe, null)).customer });
    },
    ...{ code: null, param: 'customer', says: /does not have the product/ },
  },
  lock_timeout: {
    call: async () => {
      const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: at('2026-01-01') });
      const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: id });
      await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
      await stripe.testHelpers.testClocks.advance(id, { frozen_time: at('2026-07-01') });
      return stripe.customers.update(customer, { name: 'Ada' });
    },
    ...{ status: 429, code: 'lock_timeout', says: /advancing|retry/i },
  },
  idempotency_mismatch: {
    call: async () => {
      const idempotencyKey = `once-${String(Date.now())}`;
      await stripe.customers.create({ name: 'One' }, { idempotencyKey });
      return stripe.customers.create({ name: 'Two' }, { idempotencyKey });
    },
    ...{ type: 'idempotency_error', code: null, says: /same parameters/i },
  },
  url_invalid: {
    call: () => stripe.webhookEndpoints.create({ url: 'ftp://example.com', enabled_events: ['*'] }),
    ...{ code: 'url_invalid', param: 'url', says: /URL/i },
  },
};

describe('every error code is the answer to some call', () => {
  it.each(Object.keys(CODES) as BillingErrorCode[])('%s', async (name) => {
    const { call, status = 400, type = 'invalid_request_error', code = null, param, says } = CODES[name];
    const { raw, statusCode } = (await refusal(call())) as unknown as { raw: Record<string, unknown>; statusCode: number };
    expect({ status: statusCode, type: raw['type'], code: raw['code'] ?? null }).toEqual({ status, type, code });
    if (param !== undefined) expect(raw['param']).toBe(param);
    expect(raw['message']).toMatch(says);
  });
});

/** As many subscriptions of the same customer as there can be; only their number matters. */
async function fillUp(subscription: string, count: number): Promise<void> {
  const columns = await product.sql<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = 'subscriptions'::regclass and attnum > 0 and not attisdropped and attidentity = '' and attname <> 'id'`;
  const others = columns.map(({ name }) => `"${name}"`).join(', ');
  await product.sql.unsafe(
    `insert into subscriptions (id, ${others}) select 'sub_full' || n, ${others} from subscriptions, generate_series(1, $2::int) n where id = $1`,
    [subscription, count],
  );
}

/** Until the first attempt at an intent's payment is in the books. */
async function attemptOf(intent: string): Promise<void> {
  await until(async () => ((await product.sql`select 1 from payment_attempts where intent = ${intent}`).length > 0 ? true : null));
}
