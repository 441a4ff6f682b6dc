/** The code that a customer has entered for a change, or the discount that a flow brings. */
import { findActiveCode } from '../../db/promotion-codes';
import { isCodeAllowed } from '../../domain/portal/permissions';
import type { PortalFlow } from '../../domain/rows/portal';
import type { Entries } from '../checkout/form';
import { word } from '../http/parameters';
import type { Visit } from './operations';
import type { PortalRows } from './rows';

export type NewDiscount = NonNullable<PortalFlow['discounts']>[number];

/** Null: none. */
export async function discountOf(
  { deps, session }: Visit,
  { configuration }: Pick<PortalRows, 'configuration'>,
  { code = '' }: Entries,
): Promise<NewDiscount | 'unknownCode' | null> {
  const [brought] = session.flow?.discounts ?? [];
  if (brought !== undefined) return brought;
  if (code === '' || !isCodeAllowed(configuration)) return null;
  const entered = word({ max: 500 }).safeParse(code);
  const found = entered.success ? await findActiveCode(deps.sql, session, entered.data) : null;
  return found === null ? 'unknownCode' : { promotion_code: found };
}
