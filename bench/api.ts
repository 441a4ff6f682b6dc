/**
 * The benchmark's client: Stripe's HTTP API over kept connections, as light as possible, because it shares the machine with the measured
 * system.
 */
import { Agent, request } from 'node:http';

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

export function createApi({ url, apiKey }: { url: string; apiKey: string }): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const send = (method: 'GET' | 'POST', path: string, body?: string, type: Record<string, string> = FORM): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : type) };
      const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
          else reject(new RefusedError(`${method} ${path}`, response.statusCode ?? 0, text));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    get: (path) => send('GET', path),
    post: (path, parameters = {}, idempotencyKey) =>
      send('POST', path, new URLSearchParams(parameters).toString(), {
        ...FORM,
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      }),
    postJson: (path, body) => send('POST', path, JSON.stringify(body), JSON_TYPE),
    close: () => {
      agent.destroy();
    },
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
