/** Runs operations of the API for a page of the portal. */
import { customerTime } from '../../db/lookup';
import type { PortalSession } from '../../domain/rows/portal';
import { callOnce, type Call } from '../forms/call-once';
import { fromExchange, type Exchange } from '../forms/run-once';
import type { PortalProblem } from '../../web/words/portal-problems';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import type { Reply } from '../http/operation';
import { ApiRequest } from '../http/request';
import { validate } from '../http/validation';
import { problemOf } from './problems';

export interface Visit extends Exchange {
  deps: Dependencies;
  session: PortalSession;
  /** What follows the page's path. */
  query: Readonly<Record<string, string>>;
}

/** The object that an operation has changed, by its key. */
export interface Changed {
  problem: PortalProblem | null;
  key: string;
}

/**
 * Makes a change once for each key.
 *
 * @returns the problem for the customer, or what the operation answered
 */
export async function change(visit: Visit, key: string, call: Call): Promise<Changed> {
  const { refusal, key: changed } = await callOnce(visit.deps, fromExchange(visit), { ...visit.session, page: 'portal' }, { key, call });
  return { problem: refusal === null ? null : problemOf(refusal), key: changed };
}

/** The present of the customer, who may be on a test clock. Epoch seconds. */
export async function customerNow({ sql }: Dependencies, { account, livemode, customer }: PortalSession): Promise<number> {
  const time = await customerTime(sql, { account, livemode }, customer);
  return time?.now ?? Math.floor(Date.now() / 1000);
}

/** Calls an operation that changes nothing. */
export function read({ deps, session, request, response }: Visit, { operation, path = {}, parameters: raw }: Call): Promise<Reply> {
  const { account, livemode } = session;
  const asking = new ApiRequest(
    validate(operation, raw),
    {
      path,
      scope: { account, livemode },
      keyId: 'portal',
      identity: { id: contextOf(response).requestId, idempotencyKey: null },
      origin: `${request.protocol}://${request.host}`,
    },
    deps,
  );
  return operation.handle(asking as never);
}
