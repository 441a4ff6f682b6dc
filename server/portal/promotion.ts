/** The code that a customer has entered for a change, or the discount that a flow brings. */
import { byKeys, loadMatching } from '../../db/matching';
import { findActiveCode } from '../../db/promotion-codes';
import { isCodeAllowed } from '../../domain/portal/permissions';
import type { PortalFlow } from '../../domain/rows/portal';
import type { Subscription } from '../../domain/rows/subscription';
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

/** Whether the subscription has the discount. */
export async function isInForce({ deps, session }: Visit, { discounts }: Subscription, discount: NewDiscount): Promise<boolean> {
  const rows = await loadMatching(deps.sql, session, [byKeys('discount', discounts)]);
  const found = rows.all('discount');
  if ('promotion_code' in discount) return found.some(({ promotionCode }) => promotionCode === discount.promotion_code);
  const coupons = await loadMatching(deps.sql, session, [
    byKeys(
      'coupon',
      found.map(({ coupon }) => coupon),
    ),
  ]);
  return coupons.all('coupon').some(({ id }) => id === discount.coupon);
}
