/**
 * The benchmark's client: Stripe's HTTP API over kept connections, as light as possible, because it shares the machine with the measured
 * system.
 */
import { Agent, request } from 'node:http';

export type Parameters = Record<string, string>;
export type Answer = Record<string, unknown> & { id: string };

export interface Api {
  get: (path: string) => Promise<Answer>;
  post: (path: string, parameters?: Parameters) => Promise<Answer>;
  postJson: (path: string, body: Record<string, unknown>) => Promise<Answer>;
  close: () => void;
}

export function createApi({ url, apiKey }: { url: string; apiKey: string }): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const send = (method: 'GET' | 'POST', path: string, body?: string, type = FORM): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : type) };
      const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
          else reject(new Error(`${method} ${path}: ${String(response.statusCode)} ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    get: (path) => send('GET', path),
    post: (path, parameters = {}) => send('POST', path, new URLSearchParams(parameters).toString()),
    postJson: (path, body) => send('POST', path, JSON.stringify(body), JSON_TYPE),
    close: () => {
      agent.destroy();
    },
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
