import type { RecoveryFigures } from '../domain/rows/recovery-report';
import { csvOf, majorUnits } from './csv';
import type { WireRecoveryReport } from './shapes/recovery-report';

export function toRecoveryReport(
  { groups, totals }: { groups: readonly RecoveryFigures[]; totals: readonly RecoveryFigures[] },
  of: Pick<WireRecoveryReport, 'from' | 'group_by' | 'livemode' | 'to'>,
): WireRecoveryReport {
  return {
    ...{ object: 'recovery_report', ...of },
    groups: groups.map((each) => ({ ...figuresOf(each), group: each.group })),
    totals: totals.map(figuresOf),
  };
}

function figuresOf(of: RecoveryFigures): WireRecoveryReport['totals'][number] {
  const { amount, amountOpen, amountRecovered, currency, exhausted, invoices, recovered, running, stopped } = of;
  return {
    ...{
      amount,
      amount_credited: of.amountCredited,
      amount_lost: of.amountLost,
      amount_open: amountOpen,
      amount_recovered: amountRecovered,
    },
    ...{ currency, exhausted, invoices, recovered, running, stopped },
    recovery_rate: percent(recovered, invoices - running),
    recovery_rate_of_amount: percent(amountRecovered, amount - amountOpen),
  };
}

const percent = (part: number, whole: number): string | null => (whole === 0 ? null : ((100 * part) / whole).toFixed(2));

const COUNTS = ['invoices', 'recovered', 'exhausted', 'stopped', 'running'] as const;
const AMOUNTS = ['amount', 'amount_recovered', 'amount_credited', 'amount_lost', 'amount_open'] as const;

/** A line for each group and currency, and then one for each total. */
export function recoveryReportCsv({ group_by: by, groups, totals }: WireRecoveryReport): string {
  const line = (group: string, each: WireRecoveryReport['totals'][number]) => [
    ...[group, each.currency, ...COUNTS.map((name) => each[name]), ...AMOUNTS.map((name) => majorUnits(each[name], each.currency))],
    ...[each.recovery_rate, each.recovery_rate_of_amount],
  ];
  return csvOf(
    [by, 'currency', ...COUNTS, ...AMOUNTS, 'recovery_rate', 'recovery_rate_of_amount'],
    [...groups.map((each) => line(each.group ?? '', each)), ...totals.map((each) => line('total', each))],
  );
}
