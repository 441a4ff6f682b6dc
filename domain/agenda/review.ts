import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';

/** A review waits for its deadline, unless somebody decides before. */
export function reviewState(rows: Rows, subject: string): EntityState {
  const review = rows.find('review', subject);
  if (!review) return ENDED('none');
  if (!review.open || review.decideBy === null || review.missedAt !== null) return ENDED(review.closedReason ?? 'open');
  return { status: 'open', pendingCall: null, agenda: [agendaItem('missReview', review.decideBy)], ended: false };
}
