/** Tells the seller that its sales in an area come near a threshold, or have crossed it: once for each area, period and level. */
import type { ChangeSet } from '../core/change-set';
import type { TaxThresholdNotice, TaxThresholdStanding } from '../rows/tax-threshold';

/** Announces what was not announced before. Nothing is announced where the seller is registered. */
export function announceThresholds(changes: ChangeSet, standings: readonly TaxThresholdStanding[]): void {
  for (const standing of standings) {
    const { status } = standing;
    if (status === 'approaching' || status === 'crossed') announce(changes, standing, status);
  }
}

function announce(changes: ChangeSet, standing: TaxThresholdStanding, level: TaxThresholdNotice['level']): void {
  const { area } = standing;
  const periodStart = noticePeriodOf(standing);
  const [before] = changes.rows.where('taxThreshold', (notice) => notice.area === area && notice.periodStart === periodStart);
  if (before && (before.level === 'crossed' || before.level === level)) return;
  const notice = before
    ? changes.patch('taxThreshold', before.id, { level, standing })
    : changes.put('taxThreshold', { ...changes.resource('taxthr'), area, periodStart, level, standing });
  changes.emit(`tax.threshold.${level}`, 'taxThreshold', notice.id);
}

/** A rolling window begins anew each month; it is announced once in the calendar year in which it ends. */
function noticePeriodOf({ window, periodStart, periodEnd }: TaxThresholdStanding): number {
  if (window !== 'rolling_12_months' && window !== 'rolling_4_quarters') return periodStart;
  return Date.UTC(new Date((periodEnd - 1) * 1000).getUTCFullYear(), 0) / 1000;
}
