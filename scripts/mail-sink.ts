import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';

export interface SunkMail {
  from: string;
  to: string[];
  /** Header names in lower case. Folded lines are joined. */
  headers: Record<string, string>;
  raw: string;
}

/** A real mail server that keeps what it gets. */
export interface MailSink {
  url: string;
  mails: SunkMail[];
  /** What it does with mails from now on. `lose`: it takes the mail, and its answer is lost. */
  answer: 'take' | 'lose' | 'refuse' | 'later';
  close(): Promise<void>;
}

export async function startMailSink(): Promise<MailSink> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (sink.answer === 'refuse') callback(answerOf(550, 'No such user here'));
        else if (sink.answer === 'later') callback(answerOf(451, 'Try again later'));
        else {
          const { mailFrom, rcptTo } = session.envelope;
          const raw = Buffer.concat(parts).toString();
          sink.mails.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            headers: headersOf(raw),
            raw,
          });
          if (sink.answer === 'lose') callback(answerOf(421, 'The connection is lost'));
          else callback(null);
        }
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sink: MailSink = {
    url: `smtp://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`,
    mails: [],
    answer: 'take',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}

const answerOf = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

function headersOf(raw: string): Record<string, string> {
  const head = (raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ');
  return Object.fromEntries(
    head.split('\r\n').map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
}
