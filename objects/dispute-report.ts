import type { DisputeFigures, DisputeRate } from '../domain/rows/dispute-rate';
import { csvOf } from './csv';
import { groupedCsv, groupsAndTotals, percent } from './grouped-report';
import type { WireDisputeReport } from './shapes/dispute-report';

export const toDisputeReport = (
  rows: readonly DisputeFigures[],
  of: Pick<WireDisputeReport, 'from' | 'group_by' | 'livemode' | 'to'>,
): WireDisputeReport => ({ object: 'dispute_report', ...of, ...groupsAndTotals(rows, figuresOf) });

function figuresOf({
  currency,
  disputes,
  inquiries,
  lost,
  open,
  prevented,
  won,
  ...of
}: DisputeFigures): WireDisputeReport['totals'][number] {
  return {
    ...{ currency, disputes, inquiries, lost, open, prevented, won },
    ...{ amount: of.amount, amount_lost: of.amountLost, amount_won: of.amountWon, fees: of.fees },
    seconds_to_decision: of.secondsToDecision,
    win_rate: percent(won, won + lost),
  };
}

export const disputeReportCsv = (report: WireDisputeReport): string =>
  groupedCsv(report, {
    counts: ['disputes', 'inquiries', 'prevented', 'open', 'won', 'lost'],
    amounts: ['amount', 'amount_won', 'amount_lost', 'fees'],
    rates: ['win_rate', 'seconds_to_decision'],
  });

export function disputeRatesCsv(rates: readonly DisputeRate[]): string {
  return csvOf(
    [
      ...['program', 'network', 'month', 'status', 'count', 'disputes', 'early_fraud_warnings', 'transactions', 'transactions_of', 'rate'],
      ...['threshold_count', 'threshold_percent', 'rate_of', 'amount', 'threshold_amount'],
    ],
    rates.map((each) => [
      ...[each.program, each.network, each.month, each.status, each.count, each.disputes, each.early_fraud_warnings],
      ...[each.transactions, each.transactions_of, each.rate, each.threshold.count, each.threshold.percent],
      ...[each.rate_of, each.amount, each.threshold.amount],
    ]),
  );
}
