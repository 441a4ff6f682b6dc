import type { RecoveryFigures } from '../domain/rows/recovery-report';
import { groupedCsv, groupsAndTotals, percent } from './grouped-report';
import type { WireRecoveryReport } from './shapes/recovery-report';

export const toRecoveryReport = (
  rows: readonly RecoveryFigures[],
  of: Pick<WireRecoveryReport, 'from' | 'group_by' | 'livemode' | 'to'>,
): WireRecoveryReport => ({ object: 'recovery_report', ...of, ...groupsAndTotals(rows, figuresOf) });

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

export const recoveryReportCsv = (report: WireRecoveryReport): string =>
  groupedCsv(report, {
    counts: ['invoices', 'recovered', 'exhausted', 'stopped', 'running'],
    amounts: ['amount', 'amount_recovered', 'amount_credited', 'amount_lost', 'amount_open'],
    rates: ['recovery_rate', 'recovery_rate_of_amount'],
  });
