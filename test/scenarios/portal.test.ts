import type Stripe from 'stripe';
import { customerWith, eventsOf, priceOf, refusal, typesOf } from '../support/builders';
import { changingPlans, memberOf, portalFeatures, portalPlans } from '../support/portal';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;

const BACK = 'https://shop.example.com/account';

test('a configuration says what customers may do; it is changed, listed and expanded, and its events say so', async () => {
  const offered = await portalPlans(stripe);
  const made = await stripe.billingPortal.configurations.create({
    business_profile: { headline: 'Members', privacy_policy_url: 'https://shop.example.com/privacy' },
    default_return_url: BACK,
    features: changingPlans(offered),
    metadata: { a: 'b' },
    name: 'Members',
  });
  expect(made).toMatchObject({
    object: 'billing_portal.configuration',
    active: true,
    is_default: false,
    login_page: { enabled: false, url: null },
    features: {
      subscription_cancel: { enabled: true, mode: 'at_period_end', proration_behavior: 'none' },
      subscription_update: { enabled: true, proration_behavior: 'always_invoice', trial_update_behavior: 'end_trial' },
    },
  });
  expect(made.features.subscription_update).not.toHaveProperty('products');
  const expand = ['features.subscription_update.products'];
  const { features: expanded } = await stripe.billingPortal.configurations.retrieve(made.id, { expand });
  expect(expanded.subscription_update.products).toEqual([
    { product: offered.product, prices: [offered.small, offered.large], adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } },
  ]);
  const changed = await stripe.billingPortal.configurations.update(made.id, {
    active: false,
    features: { customer_update: { allowed_updates: ['email'] }, subscription_update: { enabled: false, products: '' } },
  });
  expect(changed).toMatchObject({
    active: false,
    name: 'Members',
    features: { customer_update: { enabled: true, allowed_updates: ['email'] } },
  });
  const listed = await stripe.billingPortal.configurations.list({ active: false, is_default: false });
  expect(listed.data.map(({ id }) => id)).toContain(made.id);
  const types = typesOf(await eventsOf(stripe)).filter((type) => type.startsWith('billing_portal.configuration'));
  expect(types.slice(-2)).toEqual(['billing_portal.configuration.created', 'billing_portal.configuration.updated']);
});

test('wrong configurations are refused at once, with their parameter', async () => {
  const offered = await portalPlans(stripe);
  const refused = async (params: Partial<Stripe.BillingPortal.ConfigurationCreateParams.Features>) => {
    const { param, message } = await refusal(stripe.billingPortal.configurations.create({ features: portalFeatures(params) }));
    return [param, message];
  };
  expect((await refusal(stripe.billingPortal.configurations.create({} as never))).param).toBe('features');
  expect((await refused({ subscription_cancel: { enabled: true, proration_behavior: 'create_prorations' } }))[0]).toBe(
    'features[subscription_cancel][proration_behavior]',
  );
  expect((await refused({ subscription_cancel: { enabled: true, proration_behavior: 'always_invoice' } }))[0]).toBe(
    'features[subscription_cancel][proration_behavior]',
  );
  const { subscription_update: update } = changingPlans(offered);
  expect(await refused({ payment_method_update: { enabled: false }, subscription_update: update })).toEqual([
    'features[subscription_update][enabled]',
    'Cannot enable subscription updates while payment method update is disabled.',
  ]);
  const other = await priceOf(stripe);
  const products = [{ product: offered.product, prices: [other] }];
  expect((await refused({ subscription_update: { enabled: true, default_allowed_updates: ['price'], products } }))[0]).toBe(
    'features[subscription_update][products][0][prices][0]',
  );
});

test('a session without a configuration has the default one, which stays active', async () => {
  const { customer } = await customerWith(stripe, null);
  const session = await stripe.billingPortal.sessions.create({ customer, return_url: BACK, expand: ['configuration'] });
  const configuration = session.configuration as Stripe.BillingPortal.Configuration;
  expect(configuration).toMatchObject({ is_default: true, active: true, features: { subscription_update: { enabled: false } } });
  expect(session).toMatchObject({ object: 'billing_portal.session', customer, return_url: BACK, flow: null, locale: null });
  const again = await stripe.billingPortal.sessions.create({ customer });
  expect(again.configuration).toBe(configuration.id);
  expect((await refusal(stripe.billingPortal.configurations.update(configuration.id, { active: false }))).param).toBe('active');
  const [event] = (await eventsOf(stripe, { type: 'billing_portal.session.created' })).slice(-1);
  expect(event?.data.object).toMatchObject({ id: again.id, customer });
});

test('a session is refused for what the configuration does not allow', async () => {
  const offered = await portalPlans(stripe);
  const { customer, subscription } = await memberOf(stripe, offered.small);
  const { id: configuration } = await stripe.billingPortal.configurations.create({ features: portalFeatures() });
  const refused = async (params: Partial<Stripe.BillingPortal.SessionCreateParams>) => {
    const { param, message } = await refusal(stripe.billingPortal.sessions.create({ customer, configuration, ...params }));
    return [param, message];
  };
  const update = { type: 'subscription_update', subscription_update: { subscription: subscription.id } } as const;
  expect(await refused({ flow_data: update })).toEqual([
    'flow_data[subscription_update][subscription]',
    'This subscription cannot be updated because the subscription update feature in the portal configuration is disabled.',
  ]);
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  const cancel = { type: 'subscription_cancel', subscription_cancel: { subscription: subscription.id } } as const;
  expect(await refused({ flow_data: cancel })).toEqual([
    'flow_data[subscription_cancel][subscription]',
    `The subscription \`${subscription.id}\` is already set to be canceled at period end.`,
  ]);
  expect((await refused({ locale: 'xx' }))[0]).toBe('locale');
  expect((await refused({ customer: 'cus_none' }))[0]).toBe('customer');
  expect((await refused({ configuration: 'bpc_none' }))[0]).toBe('configuration');
  await stripe.billingPortal.configurations.update(configuration, { active: false });
  expect((await refused({}))[0]).toBe('configuration');
});

test('who opens an address without a page in a browser reads so in its own language, and a program gets JSON', async () => {
  const ask = (path: string, accept: string) =>
    fetch(`${product.url}${path}`, { headers: { Accept: accept, 'Accept-Language': 'de-AT,en' } });
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  for (const path of [
    '/p/session/bps_none_secret_none',
    '/p/login/bpc_none_secret_none',
    '/c/cs_none',
    '/i/in_none',
    '/cancel/acct_none',
    '/nowhere',
  ]) {
    const page = await ask(path, browser);
    const html = await page.text();
    expect([path, page.status, page.headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=utf-8']);
    expect(html).toContain('<html lang="de-AT"');
    expect(html).toContain('Diese Seite gibt es nicht');
    expect((await ask(path, '*/*')).headers.get('content-type')).toContain('application/json');
  }
  expect((await ask('/v1/customers/cus_none', browser)).headers.get('content-type')).toContain('application/json');
});
