/**
 * Figures from movements of the monthly recurring revenue. Rates are percentages with two decimals, as text; null where nothing was there to
 * lose. Gross churn is churn + contraction over the revenue at the start; net churn also takes off what expanded and came back; net retention is
 * 100 less net churn, and gross retention 100 less gross churn (ChartMogul's and Stripe's definitions).
 */
import BigNumber from 'bignumber.js';
import { multiplyRatio, percentOf, roundHalfUp, sumOf } from '../money/money';
import { MOVEMENTS, type MovementType } from '../rows/mrr-movement';

/** What the movements of one type come to in a span. Minor units. */
export interface MovementSums {
  start: number;
  type: MovementType;
  amount: number;
  count: number;
}

export interface TrialCounts {
  ended: number;
  converted: number;
}

/** How many of the customers who joined in a month pay at the end of the month that is `age` months later, and how much. */
export interface Cohort {
  month: string;
  joined: number;
  age: number;
  customers: number;
  mrr: number;
}

export type Movements = Record<MovementType, { amount: number; count: number }>;

export interface MrrPeriod {
  start: number;
  end: number;
  opening: number;
  movements: Movements;
  closing: number;
  openingCustomers: number;
  closingCustomers: number;
}

/** The spans between the edges, each with its opening, its movements and its closing: the next one opens with it. */
export function periodsOf(
  edges: readonly number[],
  opening: { mrr: number; customers: number },
  sums: readonly MovementSums[],
): MrrPeriod[] {
  const periods: MrrPeriod[] = [];
  let { mrr, customers } = opening;
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const movements = movementsIn(sums.filter((each) => each.start === start));
    const closing = mrr + sumOf(MOVEMENTS.map((type) => movements[type].amount));
    // Each of these movements is of one customer, who began or ceased to pay.
    const closingCustomers = customers + movements.new.count + movements.reactivation.count - movements.churn.count;
    periods.push({
      ...{ start, end: edges[index + 1] ?? start, opening: mrr, movements, closing },
      ...{ openingCustomers: customers, closingCustomers },
    });
    [mrr, customers] = [closing, closingCustomers];
  }
  return periods;
}

function movementsIn(sums: readonly MovementSums[]): Movements {
  const of = (type: MovementType) => {
    const { amount = 0, count = 0 } = sums.find((each) => each.type === type) ?? {};
    return { amount, count };
  };
  return {
    new: of('new'),
    expansion: of('expansion'),
    contraction: of('contraction'),
    churn: of('churn'),
    reactivation: of('reactivation'),
  };
}

export interface Rates {
  grossChurn: string | null;
  netChurn: string | null;
  grossRetention: string | null;
  netRetention: string | null;
  customerChurn: string | null;
}

export function ratesOf({ opening, movements, openingCustomers }: MrrPeriod): Rates {
  const lost = -(movements.churn.amount + movements.contraction.amount);
  const won = movements.expansion.amount + movements.reactivation.amount;
  return {
    grossChurn: percentOf(lost, opening),
    netChurn: percentOf(lost - won, opening),
    grossRetention: percentOf(opening - lost, opening),
    netRetention: percentOf(opening - lost + won, opening),
    customerChurn: percentOf(movements.churn.count, openingCustomers + movements.new.count + movements.reactivation.count),
  };
}

/** What one customer brings in a month on average, rounded half up; null without customers. */
export const averageRevenue = ({ mrr, customers }: { mrr: number; customers: number }): number | null =>
  customers === 0 ? null : multiplyRatio(mrr, 1, customers);

/** The average revenue over the share of customers that leaves in a month; null if none has left. */
export function lifetimeValue(average: number | null, customerChurn: string | null): number | null {
  if (average === null || customerChurn === null || new BigNumber(customerChurn).isZero()) return null;
  return roundHalfUp(new BigNumber(average).times(100).dividedBy(customerChurn));
}
