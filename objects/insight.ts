/** Renders figures of the business: Dunlin's own. */
import { dayOf } from '../domain/core/chart-of-accounts';
import { ratesOf, type Cohort, type MrrPeriod, type Rates } from '../domain/insight/report';
import { percentOf } from '../domain/money/money';
import { MOVEMENTS, type MrrMovement } from '../domain/rows/mrr-movement';
import { csvOf, majorUnits } from './csv';
import type { WireCohortReport, WireInsightSummary, WireMrrMovement, WireMrrReport } from './shapes/insight';

export const toMrrMovement = ({ id, created, livemode, customer, subscription, ...movement }: MrrMovement): WireMrrMovement => ({
  id,
  object: 'insight.mrr_movement',
  amount: movement.amount,
  created,
  currency: movement.currency,
  customer,
  customer_mrr: movement.customerMrr,
  livemode,
  subscription,
  subscription_mrr: movement.subscriptionMrr,
  test_clock: movement.testClock,
  type: movement.type,
});

export const toRates = ({
  customerChurn,
  grossChurn,
  grossRetention,
  netChurn,
  netRetention,
}: Rates): WireInsightSummary['last_30_days'] => ({
  customer_churn: customerChurn,
  gross_churn: grossChurn,
  gross_retention: grossRetention,
  net_churn: netChurn,
  net_retention: netRetention,
});

export const toMrrPeriod = (period: MrrPeriod): WireMrrReport['periods'][number] => ({
  start: period.start,
  end: period.end,
  opening_mrr: period.opening,
  movements: period.movements,
  closing_mrr: period.closing,
  opening_customers: period.openingCustomers,
  closing_customers: period.closingCustomers,
  rates: toRates(ratesOf(period)),
});

export const mrrCsv = (periods: readonly MrrPeriod[], currency: string): string =>
  csvOf(
    ['start', 'end', 'currency', 'opening_mrr', ...MOVEMENTS, 'closing_mrr', 'opening_customers', 'closing_customers'],
    periods.map((each) => {
      const amounts = [each.opening, ...MOVEMENTS.map((type) => each.movements[type].amount), each.closing];
      const shown = amounts.map((amount) => majorUnits(amount, currency));
      return [dayOf(each.start), dayOf(each.end), currency, ...shown, each.openingCustomers, each.closingCustomers];
    }),
  );

/** By month of the first revenue; its own month is age 0. */
export function toCohorts(cells: readonly Cohort[]): WireCohortReport['cohorts'] {
  const months = [...new Set(cells.map(({ month }) => month))];
  return months.map((month) => {
    const own = cells.filter((cell) => cell.month === month);
    const joined = own[0]?.joined ?? 0;
    return {
      month,
      customers: joined,
      months: own.map(({ age, customers, mrr }) => ({ age, customers, mrr, retention: percentOf(customers, joined) })),
    };
  });
}

export const cohortsCsv = (cohorts: WireCohortReport['cohorts'], currency: string): string =>
  csvOf(
    ['month', 'joined', 'age', 'customers', 'retention', 'mrr', 'currency'],
    cohorts.flatMap(({ month, customers, months }) =>
      months.map((each) => [month, customers, each.age, each.customers, each.retention, majorUnits(each.mrr, currency), currency]),
    ),
  );
