import { findRow } from '../../db/lookup';
import type { Sql } from '../../db/connect';
import { isUsable } from '../../domain/customer/customer-sessions';
import type { CustomerSessionComponents } from '../../domain/rows/customer-session';
import type { Scope } from '../http/dependencies';

/** The parameter of an address, and the field of a form, with the secret of a customer session. */
export const CUSTOMER_SESSION = 'customer_session';

/**
 * The customer of a button or a table on the seller's own site, by the secret of a customer session. Null for nobody: there is no secret, it has
 * expired, or it is for another component.
 */
export async function sessionCustomer(
  sql: Sql,
  scope: Scope,
  { secret, component }: { secret: string | null; component: keyof CustomerSessionComponents },
): Promise<string | null> {
  const [id = ''] = (secret ?? '').split('_secret_');
  const session = id.startsWith('cuss_') ? await findRow(sql, 'customerSession', scope, id) : null;
  const isKnown = session !== null && session.clientSecret === secret;
  return isKnown && isUsable(session, component, Math.floor(Date.now() / 1000)) ? session.customer : null;
}
