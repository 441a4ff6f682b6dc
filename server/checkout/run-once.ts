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

interface Work {
  /** Null: repeating it changes nothing, so that it may run again. */
  key: string | null;
  raw: Record<string, unknown>;
  work: (request: ApiRequest<unknown>) => Promise<void>;
}

/** The problem for the buyer, or null. */
export async function runOnce(
  deps: Dependencies,
  { request, response }: Exchange,
  { id, account, livemode }: Pick<CheckoutSession, 'account' | 'id' | 'livemode'>,
  { key, raw, work }: Work,
): Promise<Problem | null> {
  const scope = { account, livemode };
  const origin = `${request.protocol}://${request.host}`;
  const writing = {
    requestId: contextOf(response).requestId,
    idempotencyKey: key === null ? null : `checkout/${id}/${key}`,
    scope,
    method: 'POST',
    path: request.path,
    version: API_VERSION,
    raw,
    // What may run again asks no workflow. A payment with a new address is both, under one request id.
    stored: key === null ? null : { path: {} },
  };
  const run = async (identity: RequestIdentity): Promise<Answer> => {
    try {
      await work(new ApiRequest({}, { path: {}, scope, keyId: 'checkout', identity, expand: [], origin }, deps));
      return { status: 200, text: '{}' };
    } catch (error) {
      const { status, error: body } = answerOf(error, deps.log.child({ request: identity.id }));
      return { status, text: JSON.stringify({ error: body }) };
    }
  };
  try {
    const { status, text } = await once(deps, writing, run);
    return status < 400 ? null : problemOf((JSON.parse(text) as { error: Parameters<typeof problemOf>[0] }).error);
  } catch (error) {
    // The first submission still runs.
    if (error instanceof HttpError && error.status === 409) return 'submittedElsewhere';
    throw error;
  }
}
