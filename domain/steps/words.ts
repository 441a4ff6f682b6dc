/**
 * Describes a commit in words of billing, for the timeline and for the Temporal UI: `invoice in_1 finalized, 19.00 usd`;
 * `retry 3 of 8: declined, insufficient_funds; next try 2026-03-08`. The words follow from the rows that changed, and contain ids, amounts
 * and reasons only.
 */
import type { ChangeSet } from '../core/change-set';
import { amountInWords } from '../money/currency';
import { dateOf } from '../agenda/words';
import { answerWords, retryWords } from '../payment/answer-words';
import type { CreditNote } from '../rows/credit-note';
import type { Dunning } from '../rows/dunning';
import type { Invoice } from '../rows/invoice';
import type { PaymentAttempt } from '../rows/payment-attempt';
import type { RowKind, RowTypes } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/**
 * The planner's own words, then one clause for each change of an attempt, credit note, invoice, dunning or subscription; null if there is
 * none.
 */
export function wordsOf(changes: ChangeSet): string | null {
  const clauses = [
    changes.outcome,
    ...clausesOf(changes, 'paymentAttempt', attemptClause),
    ...clausesOf(changes, 'creditNote', creditNoteClause),
    ...clausesOf(changes, 'invoice', invoiceClause),
    ...clausesOf(changes, 'dunning', dunningClause),
    ...clausesOf(changes, 'subscription', subscriptionClause),
  ].filter((clause) => clause !== null);
  return clauses.length === 0 ? null : clauses.join('; ');
}

type Clause<K extends RowKind> = (after: RowTypes[K], before: RowTypes[K] | undefined, changes: ChangeSet) => string | null;

function clausesOf<K extends RowKind>(changes: ChangeSet, kind: K, clause: Clause<K>): (string | null)[] {
  return [...(changes.changed.get(kind) ?? [])].map((key) => clause(changes.rows.get(kind, key), changes.base.find(kind, key), changes));
}

/** Only for an answered attempt: the charge itself shows that an attempt was opened. */
function attemptClause(after: PaymentAttempt, before: PaymentAttempt | undefined, changes: ChangeSet): string | null {
  if (after.answer === null || after.answer === before?.answer) return null;
  const what = after.kind === 'setup' ? 'card verification' : `charge of ${amountInWords(after.amount, after.currency)}`;
  return `${retryWords(after, changes.base)}${what} ${answerWords(after.answer)}`;
}

function invoiceClause(after: Invoice, before: Invoice | undefined): string | null {
  if (after.hidden) return null;
  const amount = amountInWords(after.total, after.currency);
  if (after.deleted && before?.deleted !== true) return `invoice ${after.id} deleted`;
  if (after.status === before?.status) return null;
  return after.status === 'draft'
    ? `invoice ${after.id} drafted, ${amount}`
    : `invoice ${after.id} ${INVOICE_WORDS[after.status]}, ${amount}`;
}

const INVOICE_WORDS = { open: 'finalized', paid: 'paid', void: 'voided', uncollectible: 'marked uncollectible' };

function creditNoteClause(after: CreditNote, before: CreditNote | undefined): string | null {
  if (after.status === before?.status) return null;
  return `credit note ${after.id} ${after.status === 'void' ? 'voided' : 'issued'}, ${amountInWords(after.total, after.currency)}`;
}

function dunningClause(after: Dunning, before: Dunning | undefined): string | null {
  if (after.status !== 'running')
    return before?.status === 'running' ? `recovery of ${after.invoice} ${DUNNING_WORDS[after.status]}` : null;
  const words = [before === undefined ? programWords(after) : null, nextTryWords(after.nextRetryAt, before?.nextRetryAt)];
  return words.filter((each) => each !== null).join('; ') || null;
}

const nextTryWords = (at: number | null, before: number | null | undefined): string | null =>
  at === null || at === before ? null : `next try ${dateOf(at)}`;

/** `recovery of in_1 by program rcvp_1 version 2, arm patient: country DE`. */
const programWords = ({ invoice, program: { id, version, arm, reason } }: Dunning): string | null =>
  id === null ? null : `recovery of ${invoice} by program ${id} version ${version}, arm ${arm ?? 'none'}: ${reason}`;

const DUNNING_WORDS = { recovered: 'succeeded', exhausted: 'gave up', stopped: 'stopped' };

function subscriptionClause(after: Subscription, before: Subscription | undefined): string | null {
  if (after.status === before?.status) return null;
  return before === undefined ? `subscription ${after.id} begins ${after.status}` : `subscription ${after.status}, was ${before.status}`;
}
