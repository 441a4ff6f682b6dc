/** Mails about offers and prepaid credit. */
import type { ChangeSet, PlannedEvent } from '../core/change-set';
import type { MailDraft } from './write';

export function quoteMail(changes: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const quote = changes.rows.get('quote', objectId);
  if (quote.currency === null || quote.number === null) return null;
  const { id: about, customer, number, currency, expiresAt: date } = quote;
  return { kind: 'quote', about, customer, facts: { number, currency, amount: quote.amounts.total, date } };
}

/** This month's limit is reached: the credit runs out, and no more is bought. */
export const creditUsedUp = (changes: ChangeSet, { objectId }: PlannedEvent): MailDraft => creditMail(changes, objectId);

/** The seller or the customer who pauses a rule knows of it. */
export function creditPaused(changes: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  return changes.rows.get('creditTopUp', objectId).pauseReason === 'requested' ? null : creditMail(changes, objectId);
}

function creditMail({ rows, now }: ChangeSet, id: string): MailDraft {
  const { customer, threshold: amount, currency } = rows.get('creditTopUp', id);
  return { kind: 'credit_low', about: id, customer, facts: { amount, currency, date: now } };
}
