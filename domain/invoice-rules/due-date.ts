/**
 * When an invoice is due: one that is sent, at the time that was set, or so many days after it was made. How long it stays a draft
 * moves neither. What is charged automatically has no due date.
 */
import type { Invoice } from '../rows/invoice';

const DAY = 86_400;

export interface DueTerms {
  dueDate?: number | null | undefined;
  daysUntilDue?: number | null | undefined;
}

/** Epoch seconds; null where nothing says when. */
export function dueDateOf({ collectionMethod, created }: Pick<Invoice, 'collectionMethod' | 'created'>, terms: DueTerms): number | null {
  if (collectionMethod === 'charge_automatically') return null;
  const days = terms.daysUntilDue ?? null;
  return terms.dueDate ?? (days === null ? null : created + days * DAY);
}
