import type Stripe from 'stripe';
import type { Chance } from './chance';
import type { Company } from './company';

/** What a customer buys; the plan decides what happens to it later. */
export type Kind = 'starter' | 'pro' | 'yearly' | 'euro' | 'team' | 'metered' | 'trial' | 'discounted' | 'invoiced' | 'phased' | 'quoted';

/** A customer as the months after its signup know it. */
export interface Seeded {
  /** 0 for the first who signed up. */
  index: number;
  kind: Kind;
  customer: string;
  subscription: string;
}

/** Out of a hundred customers, how many are of a kind. */
const SHARES: [Kind, number][] = [
  ...([
    ['starter', 24],
    ['pro', 20],
    ['team', 12],
    ['metered', 12],
    ['trial', 8],
  ] as [Kind, number][]),
  ...([
    ['discounted', 8],
    ['yearly', 6],
    ['euro', 4],
    ['invoiced', 3],
    ['phased', 2],
    ['quoted', 1],
  ] as [Kind, number][]),
];
const KINDS = SHARES.flatMap(([kind, share]) => Array.from({ length: share }, () => kind));

const FIRST = [
  'Ada',
  'Bo',
  'Carla',
  'Dev',
  'Elif',
  'Femi',
  'Greta',
  'Hugo',
  'Ines',
  'Jun',
  'Kofi',
  'Lena',
  'Mika',
  'Noor',
  'Otis',
  'Priya',
];
const LAST = [
  'Almeida',
  'Berg',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ito',
  'Jansen',
  'Kumar',
  'Lindqvist',
  'Moreau',
];
const TRADE = ['Bakery', 'Bicycles', 'Cinema', 'Dental', 'Films', 'Gardens', 'Labs', 'Logistics', 'Press', 'Robotics', 'Studio', 'Travel'];
const CARDS = ['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex', 'pm_card_visa_debit', 'pm_card_discover'];

const kindOf = (chance: Chance, index: number): Kind =>
  // The first of each kind come in order, so that a small company has all of them.
  SHARES[index]?.[0] ?? chance.pick(`kind/${index}`, KINDS);

interface Signup {
  stripe: Stripe;
  chance: Chance;
  company: Company;
  clock: string;
  key: (name: string) => Stripe.RequestOptions;
}

/** Creates a customer with a card, and its subscription. */
export async function signUp(of: Signup, index: number): Promise<void> {
  const { stripe, chance, clock, key } = of;
  const kind = kindOf(chance, index);
  const last = chance.pick(`last/${index}`, LAST);
  const name = `${last} ${chance.pick(`trade/${index}`, TRADE)}`;
  const email = `${chance.pick(`first/${index}`, FIRST)}.${last}.${index}@example.com`.toLowerCase();
  const { id: customer } = await stripe.customers.create(
    { name, email, test_clock: clock, metadata: { seed: String(index), kind } },
    key(`customer/${index}`),
  );
  const card = chance.pick(`card/${index}`, CARDS);
  await useCard(of, { customer, card, name: `card/${index}` });
  await subscribe(of, { customer, kind, index });
}

const ALL = { limit: 10_000 };

/** Everybody who has signed up, with the subscription of the signup, in the order of the signups. */
export async function everybodyOn(stripe: Stripe, clock: string): Promise<Seeded[]> {
  const [customers, subscriptions] = await Promise.all([
    stripe.customers.list({ test_clock: clock, limit: 100 }).autoPagingToArray(ALL),
    stripe.subscriptions.list({ test_clock: clock, status: 'all', limit: 100 }).autoPagingToArray(ALL),
  ]);
  // The newest come first, so the first of each customer stays.
  const firstOf = new Map(subscriptions.map(({ id, customer }) => [customer as string, id]));
  return customers
    .flatMap(({ id, metadata: { seed, kind } }) => {
      const subscription = firstOf.get(id);
      return seed === undefined || subscription === undefined
        ? []
        : [{ index: Number(seed), kind: kind as Kind, customer: id, subscription }];
    })
    .sort((one, other) => one.index - other.index);
}

/** Attaches a test card and makes it the customer's default. */
export async function useCard(
  { stripe, key }: Pick<Signup, 'stripe' | 'key'>,
  of: { customer: string; card: string; name: string },
): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(of.card, { customer: of.customer }, key(`${of.name}/attach`));
  await stripe.customers.update(of.customer, { invoice_settings: { default_payment_method: id } }, key(`${of.name}/default`));
}

async function subscribe(of: Signup, { customer, kind, index }: { customer: string; kind: Kind; index: number }): Promise<void> {
  const { stripe, company, key } = of;
  if (kind === 'phased') await startSchedule(of, customer, index);
  else if (kind === 'quoted') await acceptQuote(of, customer, index);
  else
    await stripe.subscriptions.create({ customer, metadata: { kind }, ...terms(of, company, kind, index) }, key(`subscription/${index}`));
}

type Terms = Omit<Stripe.SubscriptionCreateParams, 'customer'>;

function terms({ chance }: Signup, company: Company, kind: Exclude<Kind, 'phased' | 'quoted'>, index: number): Terms {
  const seats = chance.between(`seats/${index}`, 2, 25);
  const table: Record<typeof kind, Terms> = {
    starter: { items: [{ price: company.starter }] },
    pro: { items: [{ price: company.pro }], default_tax_rates: chance.happens(`vat/${index}`, 0.4) ? [company.vat] : [] },
    yearly: { items: [{ price: company.proYearly }] },
    euro: { items: [{ price: company.proEuro }], default_tax_rates: [company.vat] },
    team: { items: [{ price: company.team, quantity: seats }] },
    metered: { items: [{ price: company.starter }, { price: company.calls }] },
    trial: { items: [{ price: company.pro }], trial_period_days: 14 },
    discounted: { items: [{ price: company.pro }], discounts: [{ coupon: company.coupon }] },
    invoiced: {
      ...{ items: [{ price: company.enterprise }], collection_method: 'send_invoice', days_until_due: 30 },
      add_invoice_items: [{ price: company.onboarding }],
    },
  };
  return table[kind];
}

/** Starter for three months, then Pro. */
async function startSchedule({ stripe, company, key }: Signup, customer: string, index: number): Promise<void> {
  const phases = [
    { items: [{ price: company.starter }], duration: { interval: 'month', interval_count: 3 } },
    { items: [{ price: company.pro }], duration: { interval: 'month', interval_count: 6 } },
  ] satisfies Stripe.SubscriptionScheduleCreateParams.Phase[];
  await stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases }, key(`schedule/${index}`));
}

async function acceptQuote({ stripe, company, key }: Signup, customer: string, index: number): Promise<void> {
  const line_items = [{ price: company.team, quantity: 15 }];
  const { id } = await stripe.quotes.create({ customer, line_items }, key(`quote/${index}`));
  await stripe.quotes.finalizeQuote(id, {}, key(`quote/${index}/finalize`));
  await stripe.quotes.accept(id, {}, key(`quote/${index}/accept`));
}
