/** Which customers can redeem a promotion code, and for which purchases. A code that cannot be redeemed is refused, never ignored. */
import type { Coupon } from '../rows/discount';
import { BillingError, type BillingErrorCode } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { isActive, minimumsOf, type PromotionCode } from '../rows/promotion-code';

/** The purchase's amount before discounts and tax, in minor units. */
export interface Purchase {
  amount: number;
  currency: string;
}

interface Redemption {
  customer: string | null;
  /** Absent where Stripe does not allow a code with a minimum: on a customer, an item, a running subscription. */
  purchase: Purchase | undefined;
  param: string;
}

/**
 * The code with its coupon.
 *
 * @throws BillingError resource_missing, coupon_expired, parameter_invalid, promotion_code_customer_not_first_time
 */
export function redeemableCode(changes: ChangeSet, id: string, params: Redemption): { code: PromotionCode; coupon: Coupon } {
  const code = changes.rows.find('promotionCode', id);
  if (!code) throw new BillingError('resource_missing', `No such promotion code: '${id}'`, { param: params.param });
  const coupon = changes.rows.get('coupon', code.coupon);
  const refuse = (why: string, kind: BillingErrorCode = 'parameter_invalid'): never => {
    throw new BillingError(kind, `This promotion code cannot be redeemed because ${why}.`, { param: params.param });
  };
  if (!code.active) refuse('it is inactive');
  if (!isActive(code, coupon, changes.now)) refuse('it has expired or has been redeemed as often as it can be', 'coupon_expired');
  if (code.customer !== null && code.customer !== params.customer) refuse('it is for another customer');
  const why = unmetMinimum(code, params.purchase);
  if (why !== null) refuse(why);
  if (code.restrictions.first_time_transaction && hasPaid(changes, params.customer))
    refuse('the associated customer has prior transactions', 'promotion_code_customer_not_first_time');
  return { code, coupon };
}

function unmetMinimum({ restrictions }: PromotionCode, purchase: Purchase | undefined): string | null {
  const minimums = minimumsOf(restrictions);
  if (Object.keys(minimums).length === 0) return null;
  if (!purchase) return 'it has a minimum amount, which only a new subscription or an invoice can meet';
  const minimum = minimums[purchase.currency];
  if (!minimum) return `it has no minimum amount in ${purchase.currency}`;
  return purchase.amount >= minimum.minimum_amount ? null : 'the associated purchase does not meet the minimum amount requirement';
}

/** Whether a payment has succeeded, or an invoice was paid by other means. A free invoice is no transaction. */
function hasPaid({ rows }: ChangeSet, customer: string | null): boolean {
  const charged = rows.first('charge', (charge) => charge.customer === customer && charge.status === 'succeeded');
  const paid = rows.first('invoice', (invoice) => invoice.customer === customer && invoice.status === 'paid' && invoice.total > 0);
  return charged !== undefined || paid !== undefined;
}
