/** Recurring revenue from what subscriptions were after each of their events: start, movements, end, retention, cohorts. */
import type Stripe from 'stripe';
import { fraction, over, percent, plus, rounded, times, ZERO, type Fraction } from './fractions';
import type { Books } from './read';

export interface Movement {
  at: number;
  customer: string;
  type: 'churn' | 'contraction' | 'expansion' | 'new' | 'reactivation';
  amount: number;
}

const IN_A_YEAR = { day: 365n, week: 52n, month: 12n, year: 1n } as const;

/** What a subscription brings in a month while it is active or past due; metered and one-time prices bring nothing. */
function monthly(prices: Books['prices'], { items, status }: Stripe.Subscription): number {
  if (status !== 'active' && status !== 'past_due') return 0;
  const parts = items.data.map(({ price: { id }, quantity = 0 }): Fraction => {
    const price = prices.get(id);
    if (!price?.recurring || price.recurring.usage_type === 'metered') return ZERO;
    const { interval, interval_count: count } = price.recurring;
    return over(times(amountOf(price, quantity), [IN_A_YEAR[interval as keyof typeof IN_A_YEAR], 1n]), 12n * BigInt(count));
  });
  return rounded(parts.reduce(plus, ZERO));
}

function amountOf(price: Stripe.Price, quantity: number): Fraction {
  if (price.transform_quantity) throw new Error(`the price ${price.id} is sold in packages: this script does not know them`);
  if (price.billing_scheme === 'per_unit') return times(decimalOf(price.unit_amount_decimal), [BigInt(quantity), 1n]);
  return price.tiers_mode === 'volume' ? byVolume(price.tiers ?? [], quantity) : byGraduation(price.tiers ?? [], quantity);
}

const decimalOf = (amount: { toString(): string } | null | undefined): Fraction => (amount ? fraction(amount.toString()) : ZERO);

function byGraduation(tiers: readonly Stripe.Price.Tier[], quantity: number): Fraction {
  let [sum, before] = [ZERO, 0];
  for (const { up_to: upTo, unit_amount_decimal: unit, flat_amount_decimal: flat } of tiers) {
    const inside = Math.min(quantity, upTo ?? quantity) - before;
    if (inside <= 0) break;
    sum = plus(sum, plus(times(decimalOf(unit), [BigInt(inside), 1n]), decimalOf(flat)));
    before += inside;
  }
  return sum;
}

function byVolume(tiers: readonly Stripe.Price.Tier[], quantity: number): Fraction {
  const tier = tiers.find(({ up_to: upTo }) => upTo === null || quantity <= upTo);
  return plus(times(decimalOf(tier?.unit_amount_decimal), [BigInt(quantity), 1n]), decimalOf(tier?.flat_amount_decimal));
}

/** Each change of a subscription's worth, as a movement of its customer, in one currency. */
export function movementsOf({ prices, snapshots }: Books, currency: string): Movement[] {
  const [worth, totals] = [new Map<string, number>(), new Map<string, number>()];
  return snapshots.flatMap(({ at, subscription }): Movement[] => {
    if (subscription.currency !== currency) return [];
    const customer = subscription.customer as string;
    const now = monthly(prices, subscription);
    const amount = now - (worth.get(subscription.id) ?? 0);
    if (amount === 0) return [];
    worth.set(subscription.id, now);
    const before = totals.get(customer);
    const after = (before ?? 0) + amount;
    totals.set(customer, after);
    return [{ at, customer, amount, type: typeOf(before, after) }];
  });
}

function typeOf(before: number | undefined, after: number): Movement['type'] {
  if (before === undefined) return 'new';
  if (before === 0) return 'reactivation';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}

const TYPES = ['churn', 'contraction', 'expansion', 'new', 'reactivation'] as const;

const worthBefore = (movements: readonly Movement[], at: number): Map<string, number> => {
  const totals = new Map<string, number>();
  for (const each of movements) if (each.at < at) totals.set(each.customer, (totals.get(each.customer) ?? 0) + each.amount);
  return totals;
};

const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0);
const paying = (totals: ReadonlyMap<string, number>): number => [...totals.values()].filter((total) => total > 0).length;

type Sums = Record<Movement['type'], { amount: number; count: number }>;

export interface Period {
  start: number;
  end: number;
  opening_mrr: number;
  closing_mrr: number;
  opening_customers: number;
  closing_customers: number;
  movements: Sums;
  rates: Record<'customer_churn' | 'gross_churn' | 'gross_retention' | 'net_churn' | 'net_retention', string | null>;
}

/** One span as the API should show it. */
export function periodOf(movements: readonly Movement[], start: number, end: number): Period {
  const inside = movements.filter(({ at }) => at >= start && at < end);
  const of = Object.fromEntries(
    TYPES.map((type) => {
      const own = inside.filter((each) => each.type === type);
      return [type, { amount: sum(own.map(({ amount }) => amount)), count: own.length }];
    }),
  ) as Sums;
  const [before, after] = [worthBefore(movements, start), worthBefore(movements, end)];
  const opening = sum(before.values());
  const lost = -(of.churn.amount + of.contraction.amount);
  const won = of.expansion.amount + of.reactivation.amount;
  return {
    ...{ start, end, opening_mrr: opening, closing_mrr: sum(after.values()), movements: of },
    ...{ opening_customers: paying(before), closing_customers: paying(after) },
    rates: {
      customer_churn: percent(of.churn.count, paying(before) + of.new.count + of.reactivation.count),
      gross_churn: percent(lost, opening),
      gross_retention: percent(opening - lost, opening),
      net_churn: percent(lost - won, opening),
      net_retention: percent(opening - lost + won, opening),
    },
  };
}

/** For customers whose first revenue was in [start, end): how many pay before each of the moments, and how much. */
export function cohortOf(
  movements: readonly Movement[],
  [start, end]: readonly [number, number],
  ages: readonly number[],
): { joined: number; ages: { customers: number; mrr: number }[] } {
  const first = new Map<string, number>();
  for (const { at, customer } of movements) if (!first.has(customer)) first.set(customer, at);
  const members = new Set([...first].filter(([, at]) => at >= start && at < end).map(([customer]) => customer));
  const own = movements.filter(({ customer }) => members.has(customer));
  return {
    joined: members.size,
    ages: ages.map((at) => ({ customers: paying(worthBefore(own, at)), mrr: sum(worthBefore(own, at).values()) })),
  };
}
