/** Coupons: so many percent or so much money off, for once, some months or ever. Terms never change. */
import { BillingError } from './errors';
import type { Coupon } from './discount';
import { mergeMetadata } from './metadata';
import type { Plan } from './plan';
import type { Metadata } from './resource';

export interface NewCoupon {
  /** The caller's own word, or one that was made up. */
  id: string;
  key: string;
  name: string | null;
  percentOff: string | null;
  amountOff: number | null;
  currency: string | null;
  duration: Coupon['duration'];
  durationInMonths: number | null;
  maxRedemptions: number | null;
  redeemBy: number | null;
  products: string[] | null;
  metadata: Metadata | null | undefined;
}

/**
 * @throws resource_already_exists where the id is taken, also by a coupon that was deleted: invoices still name it;
 *   parameters_exclusive, parameter_missing, parameter_invalid where the terms make no sense
 */
export function createCoupon(plan: Plan, { products, metadata, ...terms }: NewCoupon): void {
  if (plan.rows.find('coupon', terms.key)) throw new BillingError('resource_already_exists', 'Coupon already exists.', { param: 'id' });
  checkAmount(terms);
  checkDuration(terms);
  if (terms.redeemBy !== null && terms.redeemBy <= plan.now) invalid('redeem_by must be in the future.', 'redeem_by');
  for (const id of products ?? []) {
    const product = plan.rows.find('product', id);
    if (!product || product.deleted)
      throw new BillingError('resource_missing', `No such product: '${id}'`, { param: 'applies_to[products]' });
  }
  plan.put('coupon', {
    ...terms,
    account: plan.context.account,
    livemode: plan.context.livemode,
    created: plan.now,
    deleted: false,
    timesRedeemed: 0,
    appliesTo: products === null ? null : { products },
    metadata: mergeMetadata({}, metadata),
  });
  plan.emit('coupon.created', 'coupon', terms.key);
}

export function updateCoupon(
  plan: Plan,
  key: string,
  change: { name?: string | null | undefined; metadata?: Metadata | null | undefined },
): void {
  const coupon = plan.rows.get('coupon', key);
  const name = change.name === undefined ? coupon.name : change.name;
  plan.patch('coupon', key, { name, metadata: mergeMetadata(coupon.metadata, change.metadata) });
  plan.emitUpdated('coupon.updated', 'coupon', key);
}

/** Nobody can redeem it any more; discounts that it gave go on. */
export function deleteCoupon(plan: Plan, key: string): void {
  plan.patch('coupon', key, { deleted: true });
  plan.emit('coupon.deleted', 'coupon', key);
}

function checkAmount({ percentOff, amountOff, currency }: Pick<NewCoupon, 'percentOff' | 'amountOff' | 'currency'>): void {
  if (percentOff !== null && amountOff !== null) {
    throw new BillingError('parameters_exclusive', 'You may only specify one of these parameters: percent_off, amount_off.', {
      param: 'percent_off',
    });
  }
  if (percentOff === null && amountOff === null)
    missing('percent_off', 'Must provide either percent_off or amount_off when creating a coupon.');
  if (percentOff === '0') invalid('Invalid percent_off: must be greater than 0 and at most 100.', 'percent_off');
  if (amountOff !== null && currency === null) missing('currency', 'You must pass currency when passing amount_off.');
  if (amountOff === null && currency !== null) invalid('You may only pass currency with amount_off.', 'currency');
}

function checkDuration({ duration, durationInMonths }: Pick<NewCoupon, 'duration' | 'durationInMonths'>): void {
  if (duration === 'repeating' && durationInMonths === null) {
    missing('duration_in_months', 'You must pass duration_in_months when passing duration=repeating.');
  }
  if (duration !== 'repeating' && durationInMonths !== null) {
    invalid('You may only pass duration_in_months with duration=repeating.', 'duration_in_months');
  }
}

function missing(param: string, message: string): never {
  throw new BillingError('parameter_missing', message, { param });
}

function invalid(message: string, param: string): never {
  throw new BillingError('parameter_invalid', message, { param });
}
