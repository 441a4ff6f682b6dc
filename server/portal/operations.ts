/** Runs operations of the API for a page of the portal: the same parameters, the same checks, the same handlers. */
import type { PortalSession } from '../../domain/rows/portal';
import { answerOnce, type Exchange } from '../checkout/run-once';
import { problemOf } from '../checkout/problems';
import type { Problem } from '../../web/checkout/model';
import { contextOf, newRequestId } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { answerOf } from '../http/errors';
import type { Operation, Reply } from '../http/operation';
import { ApiRequest } from '../http/request';
import { validate, type RawParameters } from '../http/validation';

export interface Visit extends Exchange {
  deps: Dependencies;
  session: PortalSession;
  /** What follows the page's path. */
  query: Readonly<Record<string, string>>;
}

/** One call of the API. */
export interface Call {
  operation: Operation;
  path?: Record<string, string>;
  parameters: RawParameters;
}

/** The object that an operation has changed, by its key. */
export interface Changed {
  problem: Problem | null;
  key: string;
}

/**
 * Makes a change once for each key.
 *
 * @returns the problem for the customer, or what the operation answered
 */
export async function change(visit: Visit, key: string, { operation, path = {}, parameters: raw }: Call): Promise<Changed> {
  const { deps, session, request, response } = visit;
  try {
    const parameters = validate(operation, raw);
    const { problem, answer } = await answerOnce(deps, { request, response }, session, {
      key,
      requestId: newRequestId(),
      raw: { ...raw, path },
      path,
      stored: operation.stored ? operation.stored(parameters as never, path) : parameters,
      work: (asked) => operation.handle(asked.withParameters(parameters) as never),
    });
    return { problem, key: (answer as { key?: string } | null)?.key ?? '' };
  } catch (error) {
    const { error: body } = answerOf(error, deps.log.child({ request: contextOf(response).requestId }));
    return { problem: problemOf(body), key: '' };
  }
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
      expand: [],
    },
    deps,
  );
  return operation.handle(asking as never);
}
