/** Runs what a form of a page asks for, once for each key, as an API request with an Idempotency-Key does. */
import type { Request, Response } from 'express';
import { API_VERSION } from '../../domain/rows/api-version';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { answerOf, HttpError } from '../http/errors';
import { once, type Answer } from '../http/idempotency';
import { ApiRequest, type RequestIdentity } from '../http/request';

export interface Exchange {
  request: Request;
  response: Response;
}

/** What a form's work knows of the request that sent it. */
export interface From {
  origin: string;
  path: string;
  requestId: string;
}

export const fromExchange = ({ request, response }: Exchange): From => ({
  origin: `${request.protocol}://${request.host}`,
  path: request.path,
  requestId: contextOf(response).requestId,
});

/** The page that has the form, and the object that it belongs to. */
export interface Owner {
  page: 'checkout' | 'contract' | 'portal';
  account: string;
  id: string;
  livemode: boolean;
}

export interface Work {
  /** Null: repeating it changes nothing, so that it may run again. */
  key: string | null;
  raw: Record<string, unknown>;
  /** By default that of the HTTP request, which can make one change only. */
  requestId?: string;
  /** What the handler of an operation reads of its path. */
  path?: Readonly<Record<string, string>>;
  /** What a workflow's step reads; by default nothing yet. */
  stored?: Record<string, unknown>;
  work: (request: ApiRequest<unknown>) => Promise<unknown>;
}

/** An error as the API answers it. */
export interface Refusal {
  type?: string;
  code?: string | null;
  decline_code?: string | null;
  message?: string;
  param?: string;
}

export type Result = { refusal: null; answer: unknown } | { refusal: Refusal; answer: null };

/** What the work has returned, also the first time that it ran, or why it was refused. */
export async function runOnce(
  deps: Dependencies,
  from: From,
  { page, id, account, livemode }: Owner,
  { key, raw, work, path = {}, stored = {}, requestId = from.requestId }: Work,
): Promise<Result> {
  const scope = { account, livemode };
  const writing = {
    requestId,
    idempotencyKey: key === null ? null : `${page}/${id}/${key}`,
    scope,
    method: 'POST',
    path: from.path,
    version: API_VERSION,
    raw,
    // What may run again asks no workflow. A payment with a new address is both, under one request id.
    stored: key === null ? null : { ...stored, path },
    // The payer's own doing is in the timeline.
    entry: null,
  };
  const run = async (identity: RequestIdentity): Promise<Answer> => {
    try {
      const answer = await work(new ApiRequest({}, { path, scope, keyId: page, identity, origin: from.origin }, deps));
      return { status: 200, text: JSON.stringify(answer ?? {}) };
    } catch (error) {
      const { status, error: body } = answerOf(error, deps.log.child({ request: identity.id }));
      return { status, text: JSON.stringify({ error: body }) };
    }
  };
  try {
    const { status, text } = await once(deps, writing, run);
    const answer: unknown = JSON.parse(text);
    return status < 400 ? { refusal: null, answer } : { refusal: (answer as { error: Refusal }).error, answer: null };
  } catch (error) {
    // The first submission still runs.
    if (error instanceof HttpError && error.status === 409) return { refusal: { code: 'lock_timeout' }, answer: null };
    throw error;
  }
}
