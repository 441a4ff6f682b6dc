/**
 * The benchmark's client: Stripe's HTTP API over kept connections, as light as possible, because it shares the machine with the measured
 * system.
 */
import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export type Parameters = Record<string, string>;
export type Answer = Record<string, unknown> & { id: string };

export interface Api {
  get: (path: string) => Promise<Answer>;
  /** @param idempotencyKey for calls that may be repeated */
  post: (path: string, parameters?: Parameters, idempotencyKey?: string) => Promise<Answer>;
  postJson: (path: string, body: Record<string, unknown>) => Promise<Answer>;
  close: () => void;
}

/** An answer other than 200. */
export class RefusedError extends Error {
  constructor(
    readonly call: string,
    readonly status: number,
    text: string,
  ) {
    super(`${call}: ${String(status)} ${text}`);
  }

  /** Whether the same call may succeed later. */
  get mayPass(): boolean {
    return this.status >= 500 || this.status === 409 || this.status === 429;
  }
}

export interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Sender {
  send: (method: 'GET' | 'POST' | 'PUT', path: string, body?: string, headers?: Record<string, string>) => Promise<Received>;
  close: () => void;
}

/** @param always the headers of each request */
export function createSender(url: string, always: Record<string, string>): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    send: (method, path, body, headers = {}) =>
      new Promise((resolve, reject) => {
        const sent = request(`${url}${path}`, { method, agent, headers: { ...always, ...headers } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') });
          });
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => {
      agent.destroy();
    },
  };
}

export function createApi({ url, apiKey }: { url: string; apiKey: string }): Api {
  const sender = createSender(url, { authorization: `Bearer ${apiKey}` });
  const send = async (method: 'GET' | 'POST', path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const { status, text } = await sender.send(method, path, body, headers);
    if (status !== 200) throw new RefusedError(`${method} ${path}`, status, text);
    return JSON.parse(text) as Answer;
  };
  return {
    get: (path) => send('GET', path),
    post: (path, parameters = {}, idempotencyKey) =>
      send('POST', path, new URLSearchParams(parameters).toString(), {
        ...FORM,
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      }),
    postJson: (path, body) => send('POST', path, JSON.stringify(body), JSON_TYPE),
    close: sender.close,
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
