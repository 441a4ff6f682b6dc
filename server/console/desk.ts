import type { Exchange } from '../forms/run-once';
import type { Dependencies } from '../http/dependencies';
import { callOf, type Operation } from '../http/operation';
import type { Desk } from './ask';
import { consoleVisits } from './visit';

/** What a page has at hand for its visitor. Null: nobody is logged in, and the request has been answered. */
export function consoleDesks(deps: Dependencies, operations: readonly Operation[]): (exchange: Exchange) => Promise<Desk | null> {
  const byCall = new Map(operations.map((each) => [callOf(each), each]));
  const visits = consoleVisits(deps);
  return async ({ request, response }) => {
    const visit = await visits(request, response);
    return visit === null ? null : { deps, operations: byCall, visit, origin: `${request.protocol}://${request.host}` };
  };
}
