/** Mails that a recovery program sends. A program with such steps decides all mails of its recovery; another one has a mail after each failure. */
import type { ChangeSet } from '../core/change-set';
import type { RecoveryMail } from '../rows/recovery-program';
import type { Rows } from '../rows/rows';
import { declineReasonOf } from './decline-reason';
import { shownCard } from './payment-mails';
import type { MailDraft } from './write';

export function recoveryMail(changes: ChangeSet, invoiceId: string, kind: RecoveryMail): MailDraft {
  const { rows, now } = changes;
  const { amountRemaining: amount, currency, customer, customerDetails, number } = rows.get('invoice', invoiceId);
  const { declineCode, failedPaymentMethod, nextRetryAt } = rows.get('dunning', invoiceId);
  const card = rows.find('paymentMethod', failedPaymentMethod)?.card ?? null;
  const url = changes.context.render('invoice', invoiceId, rows)['hosted_invoice_url'];
  return {
    ...{ kind, about: invoiceId, customer, recipient: customerDetails.email },
    facts: {
      ...{ amount, currency, date: now, number: number ?? invoiceId },
      ...(kind === 'payment_failed' ? { reason: declineReasonOf(declineCode) } : {}),
      ...(nextRetryAt === null ? {} : { retryAt: nextRetryAt }),
      ...(card === null ? {} : { card: shownCard(card) }),
      ...(typeof url === 'string' ? { url } : {}),
    },
  };
}

/** Whether the program of the invoice's recovery has mails of its own. */
export const isMailedByProgram = (rows: Rows, invoiceId: string): boolean =>
  rows.find('dunning', invoiceId)?.program.steps.some(({ type }) => type === 'mail') === true;
