/** Tells the seller that its sales in an area come near a threshold, or have crossed it: once for each area, period and level. */
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { TaxThresholdNotice, TaxThresholdStanding } from '../rows/tax-threshold';

/** Announces what was not announced before. Nothing is announced where the seller is registered. */
export function announceThresholds(changes: ChangeSet, standings: readonly TaxThresholdStanding[]): void {
  for (const standing of standings) {
    const level = dueLevel(changes.rows, standing);
    if (level !== null) announce(changes, standing, level);
  }
}

/** What is to be announced of a standing; null if nothing is. The seller's earlier notices are among the rows. */
export function dueLevel(rows: Rows, standing: TaxThresholdStanding): TaxThresholdNotice['level'] | null {
  const { status } = standing;
  if (status !== 'approaching' && status !== 'crossed') return null;
  const before = noticeOf(rows, standing)?.level;
  return before === 'crossed' || before === status ? null : status;
}

function announce(changes: ChangeSet, standing: TaxThresholdStanding, level: TaxThresholdNotice['level']): void {
  const before = noticeOf(changes.rows, standing);
  const notice = before
    ? changes.patch('taxThreshold', before.id, { level, standing })
    : changes.put('taxThreshold', {
        ...changes.resource('taxthr'),
        ...{ area: standing.area, periodStart: noticePeriodOf(standing), level, standing },
      });
  changes.emit(`tax.threshold.${level}`, 'taxThreshold', notice.id);
}

function noticeOf(rows: Rows, standing: TaxThresholdStanding): TaxThresholdNotice | undefined {
  const periodStart = noticePeriodOf(standing);
  return rows.first('taxThreshold', (notice) => notice.area === standing.area && notice.periodStart === periodStart);
}

/** A rolling window begins anew each month; it is announced once in the calendar year in which it ends. */
function noticePeriodOf({ window, periodStart, periodEnd }: TaxThresholdStanding): number {
  if (window !== 'rolling_12_months' && window !== 'rolling_4_quarters') return periodStart;
  return Date.UTC(new Date((periodEnd - 1) * 1000).getUTCFullYear(), 0) / 1000;
}
