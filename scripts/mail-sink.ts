import { SMTPServer } from 'smtp-server';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

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
  /** What it does with mails from now on. `lose`: it takes the mail, and the connection breaks before its answer. `hold`: it never answers. `shut`: it lets nobody in. */
  answer: 'take' | 'lose' | 'hold' | 'refuse' | 'later' | 'shut';
  /** How long it thinks about the sender, the recipient and the words of each mail. */
  slowMs: number;
  /** It has the mail, and has not answered yet. */
  onTaken: (mail: SunkMail) => Promise<void>;
  close(): Promise<void>;
}

/** @param port any, if it is 0 */
export async function startMailSink(port = 0): Promise<MailSink> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onConnect: (_session, callback) => {
      callback(sink.answer === 'shut' ? answerOf(554, 'No service for you') : null);
    },
    onMailFrom: (_address, _session, callback) => {
      setTimeout(callback, sink.slowMs, sink.answer === 'shut' ? answerOf(530, 'Authentication required') : null);
    },
    onRcptTo: (_address, _session, callback) => {
      setTimeout(callback, sink.slowMs);
    },
    onData(stream, { envelope: { mailFrom, rcptTo } }, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString();
        const to = rcptTo.map(({ address }) => address);
        void answer({ from: mailFrom ? mailFrom.address : '', to, headers: headersOf(raw), raw }, callback);
      });
    },
  });
  server.on('error', () => undefined);
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const answer = async (mail: SunkMail, callback: (error?: Error | null) => void): Promise<void> => {
    await sleep(sink.slowMs);
    if (sink.answer === 'refuse') callback(answerOf(550, 'No such user here'));
    else if (sink.answer === 'later') callback(answerOf(451, 'Try again later'));
    else {
      const how = sink.answer;
      sink.mails.push(mail);
      await sink.onTaken(mail);
      if (how === 'take') callback(null);
      if (how === 'lose') for (const socket of sockets) socket.destroy();
    }
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const sink: MailSink = {
    url: `smtp://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`,
    mails: [],
    answer: 'take',
    slowMs: 0,
    onTaken: () => Promise.resolve(),
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
