import type { Mail, MailSuppression } from '../domain/rows/mail';
import type { WireMail } from './shapes/mail';
import type { WireMailSuppression } from './shapes/mail-suppression';

/** Dunlin's own mail, without its words. */
export function toMail(row: Mail): WireMail {
  const { id, about, created, customer, kind, livemode, problem, recipient, sentAt, status, testClock, tries } = row;
  return {
    ...{ id, object: 'mail', about, created, customer, kind, livemode, problem, recipient },
    ...{ sent_at: sentAt, status, test_clock: testClock, tries },
  };
}

export function toMailSuppression({ id, created, email, livemode, mail, reason }: MailSuppression): WireMailSuppression {
  return { id, object: 'mail_suppression', created, email, livemode, mail, reason };
}
