import { loadSessionFacts } from '../../db/checkout';
import { noteOnSession, reviseSession, type Revision } from '../../domain/checkout/revision';
import type { Named } from '../../domain/core/steps';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { Metadata } from '../../domain/rows/resource';
import type { ApiRequest } from '../http/request';
import { merged } from '../writes/named-rows';
import { namedBySession } from './references';

interface Change {
  /** Omitted, nothing is priced again. */
  revision?: Revision;
  metadata?: Metadata | null | undefined;
  /** The rows that the revision references. */
  named?: Named;
}

/**
 * Changes a session: an open one's lines, discounts and buyer, which prices it again, and the metadata of any.
 *
 * @throws BillingError as `reviseSession` does
 */
export async function revise(request: ApiRequest<unknown>, { id, customer }: CheckoutSession, change: Change): Promise<void> {
  const { revision, metadata, named = {} } = change;
  await request.change({
    step: 'updateCheckoutSession',
    customer,
    asksTaxProvider: true,
    subject: `${id}/revision`,
    load: (tx) => loadSessionFacts(tx, request.scope, id, (session) => (revision ? merged(namedBySession(session), named) : {})),
    plan: (changes) => {
      if (revision) reviseSession(changes, id, revision);
      noteOnSession(changes, id, metadata);
    },
  });
}
