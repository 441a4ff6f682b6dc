import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';

export interface Received {
  body: string;
  signature: string;
  event: Stripe.Event;
  atMs: number;
}

/** A webhook endpoint: stores what it receives, and answers as configured. */
export interface Receiver {
  url: string;
  received: Received[];
  /** How to answer: a status, after a while; or never. The later call counts. */
  answer(how: (received: Received) => { status: number; afterMs?: number; headers?: Record<string, string> } | 'never'): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let how: Parameters<Receiver['answer']>[0] = () => ({ status: 200 });
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const one = {
        body,
        signature: String(request.headers['stripe-signature']),
        event: JSON.parse(body) as Stripe.Event,
        atMs: Date.now(),
      };
      received.push(one);
      reply(response, how(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`,
    received,
    answer: (next) => (how = next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(response: ServerResponse, answer: ReturnType<Parameters<Receiver['answer']>[0]>): void {
  if (answer === 'never') return;
  setTimeout(() => response.writeHead(answer.status, answer.headers).end('thanks'), answer.afterMs ?? 0);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
