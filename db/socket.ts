import { connect, type Socket } from 'node:net';
import { DEADLINES } from '../domain/core/deadlines';

/** Where postgres.js wants to connect to: its own options, as far as they matter here. */
interface Target {
  host: string[];
  port: number[];
  path?: string | false;
}

/**
 * A socket that is given up when Postgres owes an answer and sends nothing. Without it, a database that hangs, or a network that
 * swallows packets, keeps a connection of the pool until the operating system gives up, after a quarter of an hour.
 *
 * Returned while it still connects: what is written meanwhile is sent then, and a failure reaches postgres.js as the socket's own.
 * Over TLS, Node writes past this socket, so that there TCP's keepalive and the deadlines of callers are what counts.
 */
export function openSocket({ host, port, path }: Target): Socket {
  const socket = path ? connect(path) : connect(port[0] ?? 5432, host[0] ?? 'localhost');
  // TLS asks the socket for the name that the certificate must have.
  Object.assign(socket, { host: host[0], port: port[0] });
  return giveUpWhenSilent(socket);
}

function giveUpWhenSilent(socket: Socket): Socket {
  let silence: NodeJS.Timeout | undefined;
  const answered = (): void => {
    clearTimeout(silence);
    silence = undefined;
  };
  // Timers run before sockets are read: where this process itself was busy for so long, the answer may lie there unread.
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
