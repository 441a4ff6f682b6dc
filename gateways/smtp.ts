import { createTransport } from 'nodemailer';
import { DEADLINES } from '../domain/core/deadlines';
import { MailRefused, MailServerUnavailable, type MailServer } from './mail-server';

const CONNECTIONS = 4;

/** Any SMTP server, by `smtp://user:password@host:587` or `smtps://…:465`. One connection takes many mails, and ends when none is sent. */
export function smtpServer(url: string): MailServer {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections: CONNECTIONS,
      connectionTimeout: DEADLINES.mailConnect,
      greetingTimeout: DEADLINES.mailConnect,
      socketTimeout: DEADLINES.mailSilence,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { headers: { 'Auto-Submitted': 'auto-generated' } },
  );
  return {
    atOnce: CONNECTIONS,
    send: async ({ from, replyTo, ...mail }) => {
      // A server that says a little now and then would keep us for ever, and another try would begin meanwhile.
      const signal = AbortSignal.timeout(DEADLINES.mailDialog);
      try {
        await transport.sendMail({ ...mail, from, signal, ...(replyTo === null ? {} : { replyTo }) });
      } catch (error) {
        throw asFailure(error);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/** What is wrong with the sender, the recipient or the words, as the server or the library says. */
const ABOUT_THE_MAIL: readonly (string | undefined)[] = ['EENVELOPE', 'EMESSAGE'];
/** "Bad sequence of commands", "authentication required": said of a mail, and not about it. */
const ABOUT_THE_CONNECTION: readonly (number | undefined)[] = [503, 530];

/** Replies from 500 on are final, except while the server does not let us in: that is for the operator to mend, not the mail's fault. */
function asFailure(error: unknown): Error {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message: string };
  const isFinal = ABOUT_THE_MAIL.includes(code) && (responseCode ?? 500) >= 500 && !ABOUT_THE_CONNECTION.includes(responseCode);
  return isFinal ? new MailRefused(wordsOf(message, responseCode)) : new MailServerUnavailable(wordsOf(message, responseCode));
}

/** Without the address that servers repeat, and not without end. */
const wordsOf = (message: string, code?: number): string =>
  `${code === undefined ? '' : `${String(code)}: `}${message.replace(/[^\s<>@]+@[^\s<>]+/g, '…')}`.slice(0, 300);
