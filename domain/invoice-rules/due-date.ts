/**
 * When an invoice is due. A sent invoice is due at the time that was set, or a number of days after its creation; a longer time as a draft
 * moves neither. An automatically charged invoice has no due date.
 */
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';
import type { InvoiceSettings } from '../rows/account';
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

/**
 * When the seller is told that the invoice will be due, by the account's setting at the moment in which the invoice becomes final. Null
 * without a setting or a due date, and if less time than that is left: the customer has just received the invoice.
 *
 * @param now epoch seconds
 */
export function reminderOf({ dueDate }: Pick<Invoice, 'dueDate'>, { days_before_due: days }: InvoiceSettings, now: number): number | null {
  if (dueDate === null || days === null) return null;
  const at = dueDate - days * DAY;
  return at > now ? at : null;
}

/**
 * A date that a caller sets lies ahead, and no further than days can count: what is due in 1970 or in 9999 is a mistake.
 *
 * @param now epoch seconds
 * @throws parameter_invalid, naming the parameter
 */
export function requireTimesAhead(now: number, given: { due_date?: number; automatically_finalizes_at?: number }): void {
  const { due_date: due = now + 1, automatically_finalizes_at: finalizes = now } = given;
  if (due <= now || due > now + LIMITS.daysUntilDue.max * DAY) throw notAhead('due_date', LIMITS.daysUntilDue.max);
  if (finalizes < now || finalizes > now + LIMITS.daysUntilFinal.max * DAY)
    throw notAhead('automatically_finalizes_at', LIMITS.daysUntilFinal.max);
}

function notAhead(param: string, days: number): BillingError {
  const message = `\`${param}\` must be in the future, and at most ${String(days)} days from now.`;
  return new BillingError('parameter_invalid', message, { param });
}
