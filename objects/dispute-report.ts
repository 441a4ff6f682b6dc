import type { DisputeFigures, DisputeRate } from '../domain/rows/dispute-rate';
import { csvOf, majorUnits } from './csv';
import type { WireDisputeReport } from './shapes/dispute-report';

export function toDisputeReport(
  { groups, totals }: { groups: readonly DisputeFigures[]; totals: readonly DisputeFigures[] },
  { from, to, by, livemode }: { from: number; to: number; by: WireDisputeReport['group_by']; livemode: boolean },
): WireDisputeReport {
  return {
    object: 'dispute_report',
    from,
    group_by: by,
    groups: groups.map((each) => ({ ...figuresOf(each), group: each.group })),
    livemode,
    to,
    totals: totals.map(figuresOf),
  };
}

function figuresOf({ currency, disputes, inquiries, lost, open, prevented, won, ...of }: DisputeFigures) {
  const decided = won + lost;
  return {
    ...{ currency, disputes, inquiries, lost, open, prevented, won },
    ...{ amount: of.amount, amount_lost: of.amountLost, amount_won: of.amountWon, fees: of.fees },
    seconds_to_decision: of.secondsToDecision,
    // Percent of those that are decided.
    win_rate: decided === 0 ? null : ((100 * won) / decided).toFixed(2),
  };
}

const FIGURES = ['disputes', 'inquiries', 'prevented', 'open', 'won', 'lost'] as const;

/** A line for each group and currency, and then one for each total. */
export function disputeReportCsv({ group_by: by, groups, totals }: WireDisputeReport): string {
  const line = (group: string, each: WireDisputeReport['totals'][number]) => [
    ...[group, each.currency, ...FIGURES.map((name) => each[name])],
    ...[each.amount, each.amount_won, each.amount_lost, each.fees].map((amount) => majorUnits(amount, each.currency)),
    ...[each.win_rate, each.seconds_to_decision],
  ];
  return csvOf(
    [by, 'currency', ...FIGURES, 'amount', 'amount_won', 'amount_lost', 'fees', 'win_rate', 'seconds_to_decision'],
    [...groups.map((each) => line(each.group ?? '', each)), ...totals.map((each) => line('total', each))],
  );
}

export function disputeRatesCsv(rates: readonly DisputeRate[]): string {
  return csvOf(
    [
      ...['program', 'network', 'month', 'status', 'count', 'disputes', 'early_fraud_warnings', 'transactions', 'transactions_of', 'rate'],
      ...['threshold_count', 'threshold_percent'],
    ],
    rates.map((each) => [
      ...[each.program, each.network, each.month, each.status, each.count, each.disputes, each.early_fraud_warnings],
      ...[each.transactions, each.transactions_of, each.rate, each.threshold.count, each.threshold.percent],
    ]),
  );
}
