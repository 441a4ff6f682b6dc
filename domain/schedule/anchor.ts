/** When a phase starts the cycle anew, and so on which grid the months of phases are counted. */
import type { ChangeSet } from '../core/change-set';
import type { Price } from '../rows/price';
import type { SchedulePhase, ScheduleSettings } from '../rows/subscription-schedule';
import { isOnMonths } from './times';

type Beginning = Pick<SchedulePhase, 'start_date' | 'trial_end' | 'billing_cycle_anchor'> & { items: { price: string }[] };

/** On request, or because none of the earlier intervals continues: a year after a month starts a whole new cycle. */
export function restartsCycle(
  changes: ChangeSet,
  { phase, settings }: { phase: Beginning; settings: ScheduleSettings },
  earlier: { price: string }[],
): boolean {
  if (phase.trial_end !== null) return false;
  if ((phase.billing_cycle_anchor ?? settings.billing_cycle_anchor) === 'phase_start') return true;
  const intervalOf = ({ price }: { price: string }) => intervalName(changes.rows.get('price', price));
  const running = new Set(earlier.map(intervalOf));
  return !phase.items.some((item) => running.has(intervalOf(item)));
}

const intervalName = ({ recurring }: Price): string => `${String(recurring?.interval_count)} ${String(recurring?.interval)}`;

/**
 * The anchor of the months of the last of `phases`. It is the anchor that the subscription will have, if the phase starts on its grid, so
 * that phases end where periods do; otherwise it is the one before.
 */
export function anchorOf(changes: ChangeSet, phases: Beginning[], terms: { anchor: number; settings: ScheduleSettings }): number {
  return phases.reduce((anchor, phase, index) => {
    const before = phases[index - 1];
    if (!before) return isOnMonths(anchor, phase.start_date) ? anchor : phase.start_date;
    if (restartsCycle(changes, { phase, settings: terms.settings }, before.items)) return phase.start_date;
    const coming = before.trial_end ?? anchor;
    return isOnMonths(coming, phase.start_date) ? coming : anchor;
  }, terms.anchor);
}
