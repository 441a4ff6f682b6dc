import Stripe from 'stripe';

/** What the company sells: ids of prices, and what its subscriptions are given. */
export interface Company {
  starter: string;
  pro: string;
  proYearly: string;
  proEuro: string;
  team: string;
  calls: string;
  enterprise: string;
  onboarding: string;
  coupon: string;
  vat: string;
  /** The event name of the meter that counts API calls. */
  callsEvent: string;
}

/** Creates the catalog. `key` names each call, so that a seed that was interrupted continues. */
export async function createCompany(stripe: Stripe, seed: string, key: (name: string) => Stripe.RequestOptions): Promise<Company> {
  const callsEvent = `api_calls_${seed}`;
  const price = async (name: string, product: string, terms: Partial<Stripe.PriceCreateParams>): Promise<string> =>
    (await stripe.prices.create({ currency: 'usd', product, nickname: name, ...terms }, key(`price/${name}`))).id;
  const product = async (name: string, description: string): Promise<string> =>
    (await stripe.products.create({ name, description }, key(`product/${name}`))).id;
  const meter = await stripe.billing.meters.create(
    { display_name: 'API calls', event_name: callsEvent, default_aggregation: { formula: 'sum' } },
    key('meter'),
  );
  const [starter, pro, team] = await Promise.all([
    product('Larkspur Starter', 'For one person'),
    product('Larkspur Pro', 'For a small company'),
    product('Larkspur Team', 'Per seat, cheaper from ten seats on'),
  ]);
  const [api, enterprise, onboarding] = await Promise.all([
    product('Larkspur API', 'Per call, the first thousand a month included'),
    product('Larkspur Enterprise', 'By contract'),
    product('Onboarding', 'A day with one of our engineers'),
  ]);
  const monthly = { recurring: { interval: 'month' } } as const;
  const seats = [{ up_to: 9, unit_amount: 1200 }, ...lastTier({ unit_amount: 900 })];
  const calls = [{ up_to: 1000, unit_amount: 0 }, ...lastTier({ unit_amount_decimal: Stripe.Decimal.from('0.4') })];
  const tiers = { billing_scheme: 'tiered', tiers_mode: 'graduated' } as const;
  return {
    callsEvent,
    starter: await price('Starter', starter, { unit_amount: 1900, ...monthly }),
    pro: await price('Pro', pro, { unit_amount: 4900, ...monthly }),
    proYearly: await price('Pro, yearly', pro, { unit_amount: 49_000, recurring: { interval: 'year' } }),
    proEuro: await price('Pro in euro', pro, { currency: 'eur', unit_amount: 4500, ...monthly }),
    team: await price('Team', team, { ...tiers, tiers: seats, ...monthly }),
    calls: await price('API calls', api, {
      ...tiers,
      tiers: calls,
      recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    }),
    enterprise: await price('Enterprise', enterprise, { unit_amount: 450_000, recurring: { interval: 'month', interval_count: 3 } }),
    onboarding: await price('Onboarding', onboarding, { unit_amount: 120_000 }),
    coupon: (await stripe.coupons.create({ percent_off: 20, duration: 'repeating', duration_in_months: 3, name: 'Launch' }, key('coupon')))
      .id,
    vat: (await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false, country: 'DE' }, key('vat'))).id,
  };
}

const lastTier = (amount: Omit<Stripe.PriceCreateParams.Tier, 'up_to'>): Stripe.PriceCreateParams.Tier[] => [{ up_to: 'inf', ...amount }];
