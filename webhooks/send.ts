import { request as httpRequest, type Agent, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { DEADLINES } from '../domain/core/deadlines';

/** The result of one attempt. `error` says in a few words why it failed; the receiver's response body is not kept. */
export interface SendOutcome {
  status: number | null;
  error: string | null;
  durationMs: number;
}

/** From the first byte sent to the status line received. Milliseconds. */
const TIMEOUT_MS = DEADLINES.delivery;
/** The connection is closed after this many bytes of the response. */
const ANSWER_MAX = 65_536;

/** Makes one POST. Never throws: every error is part of the outcome. Redirects are not followed, and count as failed. */
export async function send(url: URL, of: { body: string; signature: string; agent: Agent; signal?: AbortSignal }): Promise<SendOutcome> {
  const startedAt = Date.now();
  try {
    const status = await post(url, of);
    return { status, error: errorOfStatus(status), durationMs: Date.now() - startedAt };
  } catch (error) {
    return { status: null, error: describe(error), durationMs: Date.now() - startedAt };
  }
}

function post(url: URL, of: { body: string; signature: string; agent: Agent; signal?: AbortSignal }): Promise<number> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const options: RequestOptions = {
    method: 'POST',
    agent: of.agent,
    signal: of.signal ? AbortSignal.any([timeout, of.signal]) : timeout,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(of.body),
      'User-Agent': 'Dunlin/1.0',
      Accept: '*/*',
      'Stripe-Signature': of.signature,
    },
  };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      // The response body is discarded unread, up to a limit.
      let length = 0;
      response
        .on('error', () => undefined)
        .on('data', (chunk: Buffer) => {
          if ((length += chunk.length) > ANSWER_MAX) response.destroy();
        });
      resolve(response.statusCode ?? 0);
    };
    const request = url.protocol === 'https:' ? httpsRequest(url, options, answered) : httpRequest(url, options, answered);
    request.on('error', reject).end(of.body);
  });
}

function errorOfStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirects are not followed' : `the endpoint answered ${String(status)}`;
}

function describe(error: unknown): string {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR')
    return `no answer within ${String(TIMEOUT_MS / 1000)} seconds`;
  if (message?.includes('is not allowed')) return 'the address is private, and not allowed';
  return code ?? 'the connection failed';
}
