import { loadSessionFacts } from '../../db/checkout';
import { reviseSession, type Revision } from '../../domain/checkout/revision';
import type { Named } from '../../domain/core/steps';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { ApiRequest } from '../http/request';
import { namedBySession } from './references';

/**
 * Changes an open session, and prices it again.
 *
 * @param named the rows that the revision references
 * @throws BillingError as `reviseSession` does
 */
export async function revise(
  request: ApiRequest<unknown>,
  { id, customer }: CheckoutSession,
  revision: Revision,
  named: Named = {},
): Promise<void> {
  await request.change({
    step: 'updateCheckoutSession',
    customer,
    subject: `${id}/revision`,
    load: (tx) => loadSessionFacts(tx, request.scope, id, (session) => merged(namedBySession(session), named)),
    plan: (changes) => {
      reviseSession(changes, id, revision);
    },
  });
}

function merged(first: Named, second: Named): Named {
  const kinds = new Set([...Object.keys(first), ...Object.keys(second)]) as Set<keyof Named>;
  return Object.fromEntries([...kinds].map((kind) => [kind, [...(first[kind] ?? []), ...(second[kind] ?? [])]]));
}
