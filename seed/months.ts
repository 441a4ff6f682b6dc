import type Stripe from 'stripe';
import type { Chance } from './chance';
import type { Company } from './company';
import { useCard, type Seeded } from './customers';

/** What the events of a month work with. */
export interface Month {
  stripe: Stripe;
  chance: Chance;
  company: Company;
  key: (name: string) => Stripe.RequestOptions;
  /** 0 for the first. */
  month: number;
  /** Epoch seconds: the clock's time. */
  now: number;
}

type Happening = (of: Month, who: Seeded, name: string) => Promise<unknown>;

/** What a caller may not do as things are: the subscription has ended, the card is declined. That is life, and no fault of the seed. */
const isRefusal = (error: unknown): boolean => {
  const { statusCode = 500 } = error as { statusCode?: number };
  return statusCode === 400 || statusCode === 402 || statusCode === 404;
};

async function use({ stripe, chance, company, key, now }: Month, { customer }: Seeded, name: string): Promise<void> {
  for (const week of [1, 2, 3, 4]) {
    const value = String(chance.between(`${name}/${week}`, 100, 4000));
    const event = { event_name: company.callsEvent, payload: { stripe_customer_id: customer, value }, timestamp: now - week * 86_400 };
    await stripe.billing.meterEvents.create(event, key(`${name}/${week}`)).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  }
}

const changeCard = ({ stripe, key }: Month, { customer }: Seeded, name: string, card: string): Promise<void> =>
  useCard({ stripe, key }, { customer, card, name });

/** A payment that its cardholder disputes; the company answers most disputes, and wins some of those. */
async function disputed({ stripe, chance, key }: Month, { customer }: Seeded, name: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach('pm_card_createDispute', { customer }, key(`${name}/attach`));
  const payment = { amount: 4900, currency: 'usd', customer, payment_method: id, confirm: true, description: 'A workshop' };
  const intent = await stripe.paymentIntents.create(payment, key(name));
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  if (!dispute || chance.happens(`${name}/ignored`, 0.3)) return;
  const uncategorized_text = chance.pick(`${name}/evidence`, ['winning_evidence', 'losing_evidence']);
  await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text } }, key(`${name}/evidence`));
}

async function refundLatest({ stripe, chance, key }: Month, { customer }: Seeded, name: string): Promise<void> {
  const [charge] = (await stripe.charges.list({ customer, limit: 1 })).data;
  if (!charge?.paid || charge.amount < 100) return;
  const amount = chance.happens(`${name}/whole`, 0.5) ? charge.amount : Math.floor(charge.amount / 2);
  await stripe.refunds.create({ charge: charge.id, amount, reason: 'requested_by_customer' }, key(name));
}

const sellOnboarding = ({ stripe, company, key }: Month, { customer }: Seeded, name: string): Promise<unknown> =>
  stripe.invoiceItems.create({ customer, pricing: { price: company.onboarding } }, key(name));

async function changeSeats(of: Month, who: Seeded, name: string): Promise<void> {
  const [item] = (await of.stripe.subscriptionItems.list({ subscription: who.subscription })).data;
  if (item) await change(of, who, name, { items: [{ id: item.id, quantity: of.chance.between(`${name}/seats`, 2, 40) }] });
}

async function upgrade(of: Month, who: Seeded, name: string): Promise<void> {
  const [item] = (await of.stripe.subscriptionItems.list({ subscription: who.subscription })).data;
  if (item) await change(of, who, name, { items: [{ id: item.id, price: of.company.pro }], proration_behavior: 'always_invoice' });
}

const pause = (of: Month, who: Seeded, name: string): Promise<unknown> =>
  change(of, who, name, { pause_collection: { behavior: 'keep_as_draft', resumes_at: of.now + 45 * 86_400 } });

const change = ({ stripe, key }: Month, who: Seeded, name: string, params: Stripe.SubscriptionUpdateParams): Promise<unknown> =>
  stripe.subscriptions.update(who.subscription, params, key(name));

const cancelNow = ({ stripe, key }: Month, who: Seeded, name: string): Promise<unknown> =>
  stripe.subscriptions.cancel(who.subscription, { prorate: true, invoice_now: true }, key(name));

/** What may happen to a customer in a month, and how often. The first that happens is the only one, but for usage. */
const HAPPENINGS: { what: string; often: number; to?: Seeded['kind'][]; happen: Happening }[] = [
  { what: 'card begins to fail', often: 0.025, happen: (of, who, name) => changeCard(of, who, name, 'pm_card_chargeCustomerFail') },
  { what: 'new card', often: 0.12, happen: (of, who, name) => changeCard(of, who, name, 'pm_card_visa') },
  { what: 'dispute', often: 0.015, happen: disputed },
  { what: 'refund', often: 0.03, happen: refundLatest },
  { what: 'onboarding', often: 0.02, happen: sellOnboarding },
  { what: 'seats', often: 0.2, to: ['team'], happen: changeSeats },
  { what: 'upgrade', often: 0.06, to: ['starter'], happen: upgrade },
  { what: 'pause', often: 0.02, to: ['pro'], happen: pause },
  { what: 'cancel at period end', often: 0.012, happen: (of, who, name) => change(of, who, name, { cancel_at_period_end: true }) },
  { what: 'cancel now', often: 0.005, happen: cancelNow },
];

/** @returns what happened, in words; null where nothing did */
export async function liveThrough(of: Month, who: Seeded): Promise<string | null> {
  const named = (what: string): string => `${of.month}/${who.index}/${what}`;
  if (who.kind === 'metered') await use(of, who, named('usage'));
  const happening = HAPPENINGS.find(
    ({ what, often, to }) => (to === undefined || to.includes(who.kind)) && of.chance.happens(named(what), often),
  );
  if (!happening) return null;
  try {
    await happening.happen(of, who, named(happening.what));
    return happening.what;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
