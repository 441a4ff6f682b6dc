/** A proxy between the system and Postgres that counts executed statements and round trips. */
import { connect as connectTo, createServer, type AddressInfo, type Socket } from 'node:net';

export interface WireCount {
  /** Executed statements, `begin` and `commit` included. */
  statements: number;
  /** How often the client sent data and waited for the answer. */
  roundTrips: number;
}

export interface Tap {
  /** The same database, through the proxy. */
  url: string;
  /** The counts since the last call. */
  take: () => WireCount;
  /** For how long the client must have sent nothing before it is answered. Longer on a busy machine, where it may have to wait for a processor. */
  waitFor: (milliseconds: number) => void;
  close: () => Promise<void>;
}

/** Opens a proxy to the Postgres of a URL. */
export async function openTap(databaseUrl: string): Promise<Tap> {
  const target = new URL(databaseUrl);
  const counted: WireCount = { statements: 0, roundTrips: 0 };
  const pace = { silence: SILENCE_MS };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectTo(Number(target.port), target.hostname);
    pipe(client, upstream, { counted, pace });
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.once('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    take: () => {
      const taken = { ...counted };
      counted.statements = counted.roundTrips = 0;
      return taken;
    },
    waitFor: (milliseconds) => {
      pace.silence = milliseconds;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Answers wait until the client has sent nothing for a while. Without that, Postgres could answer the first statements of a batch before the
 * last are sent, and one round trip would count as several on a busy machine.
 */
export const SILENCE_MS = 15;

function pipe(client: Socket, upstream: Socket, { counted, pace }: { counted: WireCount; pace: { silence: number } }): void {
  const messages = new MessageReader();
  const held: Buffer[] = [];
  let isAnswered = true;
  const answer = (): void => {
    if (held.length === 0) return;
    isAnswered = true;
    client.write(Buffer.concat(held.splice(0)));
  };
  let silence = setTimeout(answer, pace.silence);
  const begin = (): void => {
    clearTimeout(silence);
    silence = setTimeout(answer, pace.silence);
  };
  client.on('data', (chunk) => {
    counted.statements += messages.read(chunk as Buffer).filter(isStatement).length;
    if (isAnswered) counted.roundTrips += 1;
    isAnswered = false;
    upstream.write(chunk);
    begin();
  });
  upstream.on('data', (chunk) => {
    held.push(chunk);
    begin();
  });
  client.once('close', () => clearTimeout(silence));
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

/** Execute of a prepared statement, or a simple query. */
const isStatement = (type: string): boolean => type === 'E' || type === 'Q';

/** Parses the client's half of the protocol: each message is a type and its length, except the first one, which has no type. */
class MessageReader {
  private rest = Buffer.alloc(0);
  private isStartup = true;

  /** Types of the messages that are complete now. */
  read(chunk: Buffer): string[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const types: string[] = [];
    for (let size = this.sizeOfNext(); size !== null && size <= this.rest.length; size = this.sizeOfNext()) {
      if (!this.isStartup) types.push(String.fromCharCode(this.rest[0] ?? 0));
      this.isStartup = false;
      this.rest = this.rest.subarray(size);
    }
    return types;
  }

  private sizeOfNext(): number | null {
    const typeBytes = this.isStartup ? 0 : 1;
    return this.rest.length < typeBytes + 4 ? null : this.rest.readUInt32BE(typeBytes) + typeBytes;
  }
}
