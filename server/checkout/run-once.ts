/** Runs what a form asks for, once for each key, as an API request with an Idempotency-Key does. */
import type { Request, Response } from 'express';
import { API_VERSION } from '../../domain/rows/api-version';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { Problem } from '../../web/checkout/model';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { answerOf, HttpError } from '../http/errors';
import { once, type Answer } from '../http/idempotency';
import { ApiRequest, type RequestIdentity } from '../http/request';
import { problemOf } from './problems';

export interface Exchange {
  request: Request;
  response: Response;
}

/** Whose page it is. */
type Owner = Pick<CheckoutSession, 'account' | 'id' | 'livemode'>;

interface Work {
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

/** The problem for the buyer, or null. */
export async function runOnce(deps: Dependencies, exchange: Exchange, of: Owner, work: Work): Promise<Problem | null> {
  return (await answerOnce(deps, exchange, of, work)).problem;
}

/** What the work has returned, also the first time that it ran; null with a problem. */
export async function answerOnce(
  deps: Dependencies,
  { request, response }: Exchange,
  { id, account, livemode }: Owner,
  { key, raw, work, path = {}, stored = {}, requestId = contextOf(response).requestId }: Work,
): Promise<{ problem: Problem | null; answer: unknown }> {
  const scope = { account, livemode };
  const origin = `${request.protocol}://${request.host}`;
  const writing = {
    requestId,
    idempotencyKey: key === null ? null : `checkout/${id}/${key}`,
    scope,
    method: 'POST',
    path: request.path,
    version: API_VERSION,
    raw,
    // What may run again asks no workflow. A payment with a new address is both, under one request id.
    stored: key === null ? null : { ...stored, path },
  };
  const run = async (identity: RequestIdentity): Promise<Answer> => {
    try {
      const answer = await work(new ApiRequest({}, { path, scope, keyId: 'checkout', identity, expand: [], origin }, deps));
      return { status: 200, text: JSON.stringify(answer ?? {}) };
    } catch (error) {
      const { status, error: body } = answerOf(error, deps.log.child({ request: identity.id }));
      return { status, text: JSON.stringify({ error: body }) };
    }
  };
  try {
    const { status, text } = await once(deps, writing, run);
    const answer: unknown = JSON.parse(text);
    if (status < 400) return { problem: null, answer };
    return { problem: problemOf((answer as { error: Parameters<typeof problemOf>[0] }).error), answer: null };
  } catch (error) {
    // The first submission still runs.
    if (error instanceof HttpError && error.status === 409) return { problem: 'submittedElsewhere', answer: null };
    throw error;
  }
}
