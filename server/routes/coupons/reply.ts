import type { Rows } from '../../../domain/rows/rows';
import type { ObjectReply } from '../../http/operation';
import { missing, type ApiRequest } from '../../http/request';

/** The key of the coupon that has this id now. @throws BillingError resource_missing */
export function livingCoupon(rows: Rows, id: string): string {
  const coupon = rows.first('coupon', (each) => each.id === id && !each.deleted);
  return coupon?.key ?? missing('coupon', id);
}

/** The coupon that a change was about: the living one with this id, or the one that the change has deleted. */
export async function couponReply(request: ApiRequest<unknown>, rows: Rows, id: string): Promise<ObjectReply> {
  const named = rows.where('coupon', (coupon) => coupon.id === id);
  const { key } = named.find(({ deleted }) => !deleted) ?? named[0] ?? (await request.find('coupon', id));
  return { kind: 'coupon', key };
}
