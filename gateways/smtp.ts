import { createTransport } from 'nodemailer';
import { DEADLINES } from '../domain/core/deadlines';
import { MailRefused, MailServerUnavailable, type MailServer } from './mail-server';

/** Any SMTP server, by `smtp://user:password@host:587` or `smtps://…:465`. One connection takes many mails, and ends when none is sent. */
export function smtpServer(url: string): MailServer {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections: 4,
      connectionTimeout: DEADLINES.mailConnect,
      greetingTimeout: DEADLINES.mailConnect,
      socketTimeout: DEADLINES.mailSilence,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { headers: { 'Auto-Submitted': 'auto-generated' } },
  );
  return {
    send: async ({ from, replyTo, ...mail }) => {
      try {
        await transport.sendMail({ ...mail, from, ...(replyTo === null ? {} : { replyTo }) });
      } catch (error) {
        throw asFailure(error);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/** Replies from 500 on are final, except while the server does not let us in: that is for the operator to mend, not the mail's fault. */
function asFailure(error: unknown): Error {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message: string };
  const isFinal = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return isFinal ? new MailRefused(wordsOf(message, responseCode)) : new MailServerUnavailable(wordsOf(message, responseCode));
}

/** Without the address that servers repeat, and not without end. */
const wordsOf = (message: string, code?: number): string =>
  `${code === undefined ? '' : `${String(code)}: `}${message.replace(/[^\s<>@]+@[^\s<>]+/g, '…')}`.slice(0, 300);
