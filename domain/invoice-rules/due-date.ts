/**
 * When an invoice is due. A sent invoice is due at the time that was set, or a number of days after its creation; a longer time as a draft
 * moves neither. An automatically charged invoice has no due date.
 */
import type { Invoice } from '../rows/invoice';

const DAY = 86_400;

export interface DueTerms {
  dueDate?: number | null | undefined;
  daysUntilDue?: number | null | undefined;
}

/** Epoch seconds; null if the terms set no due date. */
export function dueDateOf({ collectionMethod, created }: Pick<Invoice, 'collectionMethod' | 'created'>, terms: DueTerms): number | null {
  if (collectionMethod === 'charge_automatically') return null;
  const days = terms.daysUntilDue ?? null;
  return terms.dueDate ?? (days === null ? null : created + days * DAY);
}
