/** What became of a mail that was handed to the mail server. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { isFarewell, type Mail, type MailSuppression } from '../rows/mail';

const HOUR = 3600;
/** As long as a mail has waited, within these bounds. Seconds. */
const PAUSE = { min: 60, max: 4 * HOUR };
/** After that a mail would surprise more than it would help. */
const GIVE_UP_AFTER = 72 * HOUR;

/** When a mail is tried again that the mail server did not take; null: not again. Real epoch seconds. */
export function nextTryAfter({ created }: Pick<Mail, 'created'>, now: number): number | null {
  const waited = Math.max(0, now - created);
  return waited >= GIVE_UP_AFTER ? null : now + Math.min(Math.max(waited, PAUSE.min), PAUSE.max);
}

/** It will not be tried again. */
export function failMail(changes: ChangeSet, id: string, problem: string): void {
  const mail = changes.rows.get('mail', id);
  if (mail.status !== 'pending') return;
  changes.patch('mail', id, { status: 'failed', problem, nextTryAt: null, ...(isFarewell(mail) ? { recipient: '' } : {}) });
  changes.emit('dunlin.mail.failed', 'mail', id);
}

/**
 * The address did not take a mail that was sent. Nothing more is sent to it, until somebody removes the suppression.
 *
 * @throws BillingError parameter_invalid for a mail that was not sent
 */
export function bounceMail(
  changes: ChangeSet,
  id: string,
  { reason, problem }: { reason: 'bounce' | 'complaint'; problem: string | null },
): void {
  const mail = changes.rows.get('mail', id);
  if (mail.status === 'bounced') return;
  if (mail.status !== 'sent') {
    throw new BillingError('parameter_invalid', `The mail has the status ${mail.status}. Only a mail that was sent can bounce.`, {
      param: 'id',
    });
  }
  changes.patch('mail', id, { status: 'bounced', problem });
  // Of who is erased no address is known any more.
  if (mail.recipient !== '') suppress(changes, { email: mail.recipient, reason, mail: id });
  changes.emit('dunlin.mail.bounced', 'mail', id);
}

/** One row for each address: another bounce changes nothing. */
export function suppress(changes: ChangeSet, of: Pick<MailSuppression, 'email' | 'mail' | 'reason'>): MailSuppression {
  const known = changes.rows.first('mailSuppression', ({ email, deleted }) => !deleted && email.toLowerCase() === of.email.toLowerCase());
  return known ?? changes.put('mailSuppression', { ...changes.resource('msup'), deleted: false, ...of });
}
