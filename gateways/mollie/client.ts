/** Mollie's HTTP API: what is asked, and what an answer that is no success means for a payment. */
import { z } from 'zod';
import { ProcessorUnavailable } from '../payment-gateway';
import { isUndecided } from '../remote-processor';

export interface MollieClientSettings {
  /** An API key of the Mollie profile, of one mode. */
  key: string;
  /** Absent: https://api.mollie.com. */
  url?: string | undefined;
  /** Milliseconds for one request. */
  timeout: number;
}

/** Mollie has understood the call, and does not do it. */
export class MollieRefusal extends Error {
  override name = 'MollieRefusal';

  constructor(
    readonly status: number,
    /** The parameter that is wrong; null if Mollie names none. */
    readonly field: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** Each throws `ProcessorUnavailable` where Mollie has not said what became of the call, else `MollieRefusal`. */
export interface MollieClient {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, call: { body: object; idempotencyKey: string }, schema: z.ZodType<T>): Promise<T>;
  delete(path: string, idempotencyKey: string): Promise<void>;
  /** Every item of a list, newest first, page by page. */
  list<T>(path: string, name: string, schema: z.ZodType<T>): AsyncIterable<T>;
}

export function mollieClient({ key, url = 'https://api.mollie.com', timeout }: MollieClientSettings): MollieClient {
  const ask = async (path: string, init: Asked): Promise<unknown> => {
    const headers = { Authorization: `Bearer ${key}`, Accept: 'application/hal+json', 'Content-Type': 'application/json', ...init.headers };
    return read(await answerTo(`${url}/v2/${path}`, { ...init, headers, signal: AbortSignal.timeout(timeout) }));
  };
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => shaped(await ask(path, { method: 'GET' }), schema);
  return {
    get,
    post: async <T>(path: string, { body, idempotencyKey }: { body: object; idempotencyKey: string }, schema: z.ZodType<T>) => {
      const headers = { 'Idempotency-Key': idempotencyKey };
      return shaped(await ask(path, { method: 'POST', body: JSON.stringify(body), headers }), schema);
    },
    delete: async (path, idempotencyKey) => {
      await ask(path, { method: 'DELETE', headers: { 'Idempotency-Key': idempotencyKey } });
    },
    async *list<T>(path: string, name: string, schema: z.ZodType<T>) {
      for (let next: string | null = `${path}?limit=${PAGE}`; next !== null;) {
        const page: Page = await get(next, PAGE_SCHEMA);
        for (const each of page._embedded[name] ?? []) yield shaped(each, schema);
        const href = page._links?.next?.href;
        next = href === undefined ? null : `${path}${new URL(href).search}`;
      }
    },
  };
}

interface Asked {
  method: string;
  body?: string;
  headers?: Record<string, string>;
}

const PAGE = 250;

const PAGE_SCHEMA = z.object({
  _embedded: z.record(z.string(), z.array(z.unknown())).default({}),
  _links: z.object({ next: z.object({ href: z.string() }).nullish() }).nullish(),
});
type Page = z.infer<typeof PAGE_SCHEMA>;

/** What cannot be read says nothing of what became of the call. */
function shaped<T>(answer: unknown, schema: z.ZodType<T>): T {
  const { data, error, success } = schema.safeParse(answer);
  if (success) return data;
  const fields = error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new ProcessorUnavailable(`Mollie's answer cannot be read: ${fields}.`);
}

interface Answer {
  status: number;
  text: string;
}

async function answerTo(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new ProcessorUnavailable(`Mollie did not answer: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

function read({ status, text }: Answer): unknown {
  if (isUndecided(status)) throw new ProcessorUnavailable(`Mollie answered HTTP ${String(status)}.`);
  const body = status === 204 ? null : parsed(text);
  if (status < 300) return body;
  const { detail, field } = (body ?? {}) as { detail?: string; field?: string };
  throw new MollieRefusal(status, field ?? null, detail ?? `Mollie answered HTTP ${String(status)}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProcessorUnavailable('Mollie did not answer in JSON.');
  }
}

/** What is asked for is not there, or not any more. */
export const isGone = (error: unknown): boolean => error instanceof MollieRefusal && [404, 410].includes(error.status);
