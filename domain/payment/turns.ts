/**
 * Turns: what waited for its processor is sent so many per second. No worker may have run when a turn came, and then every turn of that time has
 * come at once. So a turn that is long past counts no more, and is given anew.
 */
import type { ChangeSet } from '../core/change-set';

/** Seconds. It takes that long to wake everything whose turn comes soon. */
const PATIENCE = 15;

/** A test clock stops at each turn, so none is missed on it. @param at the turn. Epoch seconds */
export const hasMissedTurn = ({ now, rows }: ChangeSet, at: number): boolean => now > at + PATIENCE && rows.all('testClock').length === 0;

/** It waits for another turn, behind those that have one. */
export function giveUpTurn(changes: ChangeSet, kind: 'paymentAttempt' | 'refund', id: string): void {
  changes.patch(kind, id, { sendsAt: null });
  changes.outcome = 'its turn has passed while nobody worked: it waits for another one';
}
