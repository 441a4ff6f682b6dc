import { connect, type Socket } from 'node:net';
import { DEADLINES } from '../domain/core/deadlines';

/** The target of a connection: postgres.js's own options, as far as they matter here. */
interface Target {
  host: string[];
  port: number[];
  path?: string | false;
}

/**
 * A socket that sends each packet at once. By default TCP keeps a small packet (a commit) back until Postgres has answered the one before
 * it, and statements that are sent one after another would wait for each other.
 *
 * It is returned while it still connects: writes are sent later, and a failure reaches postgres.js as the socket's own.
 */
export function openSocket({ host, port, path }: Target): Socket {
  const socket = path ? connect(path) : connect(port[0] ?? 5432, host[0] ?? 'localhost');
  socket.setNoDelay(true);
  // TLS reads the certificate's expected name from the socket.
  return Object.assign(socket, { host: host[0], port: port[0] });
}

/**
 * The same, given up if Postgres owes an answer and sends nothing. Without it, a hanging database, or a network that drops packets,
 * occupies a connection of the pool until the operating system gives up after a quarter of an hour. Over TLS, Node writes past this socket,
 * so there only TCP's keepalive and the callers' deadlines apply.
 */
export const openWatchedSocket = (target: Target): Socket => giveUpWhenSilent(openSocket(target));

function giveUpWhenSilent(socket: Socket): Socket {
  let silence: NodeJS.Timeout | undefined;
  const answered = (): void => {
    clearTimeout(silence);
    silence = undefined;
  };
  // Timers run before sockets are read. If this process itself was busy for so long, an unread answer may be waiting.
  const lookOnce = (): void => {
    setImmediate(() => {
      if (silence !== undefined) socket.destroy(silent());
    });
  };
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (...args: unknown[]) => {
    silence ??= setTimeout(lookOnce, DEADLINES.silence);
    return write(...args);
  };
  socket.on('data', answered);
  socket.once('close', answered);
  return socket;
}

function silent(): Error {
  const message = `Postgres did not answer within ${String(DEADLINES.silence / 1000)} seconds`;
  return Object.assign(new Error(message), { code: 'DATABASE_SILENT' });
}
