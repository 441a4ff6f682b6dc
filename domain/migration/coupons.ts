/** Coupons, promotion codes and running discounts of another billing system. What has been redeemed there counts here, too. */
import type { ChangeSet } from '../core/change-set';
import { createCoupon, updateCoupon } from '../discount/coupon-changes';
import { createPromotionCode, updatePromotionCode } from '../discount/promotion-code-changes';
import type { Coupon, Discount } from '../rows/discount';
import type { SourceCoupon, SourceDiscount, SourcePromotionCode } from './source-objects';
import { idOf, idOrNull } from './source-parts';
import { changedOr } from './catalog';
import { notTaken, type NotTaken, type Taking } from './taking';

export function takeCoupon(source: SourceCoupon, keyOf: (changes: ChangeSet, id: string) => string): Taking {
  const { id, created } = source;
  const products = source.applies_to?.products ?? null;
  return {
    ...{ customer: null, problems: [] },
    named: { coupon: [id], product: products ?? [] },
    keeps: {},
    plan: (changes) => {
      const { name, metadata } = source;
      const known = couponIn(changes, id);
      if (known) {
        updateCoupon(changes, known.key, { name, metadata });
        return changedOr(changes);
      }
      const key = keyOf(changes, id);
      // One that has expired is still needed by the discounts that it has given.
      createCoupon(changes, key, { id, name, metadata, products, redeemBy: null, ...termsOf(source) });
      changes.patch('coupon', key, { created, redeemBy: source.redeem_by, timesRedeemed: source.times_redeemed });
      return 'taken';
    },
  };
}

function termsOf(source: SourceCoupon) {
  const { amount_off: amountOff, currency, currency_options: options = {}, duration, percent_off: percentOff } = source;
  // A source shows the coupon's own currency among its options, too.
  const others = Object.entries(options).filter(([other]) => other !== currency);
  return {
    ...{ amountOff, currency, duration, currencyOptions: Object.fromEntries(others) },
    percentOff: percentOff === null ? null : String(percentOff),
    durationInMonths: source.duration_in_months,
    maxRedemptions: source.max_redemptions,
  };
}

export function couponIn(changes: ChangeSet, id: string): Coupon | undefined {
  return changes.rows.first('coupon', (each) => each.id === id && !each.deleted);
}

/** A code that can no longer be redeemed is over. */
export function takePromotionCode(source: SourcePromotionCode): NotTaken | Taking {
  const { id, created, code, active, metadata } = source;
  const coupon = idOrNull(source.promotion.coupon);
  if (!active || coupon === null) {
    return { outcome: 'skipped', problems: [{ field: 'active', reason: 'It can no longer be redeemed.' }] };
  }
  const customer = idOrNull(source.customer);
  return {
    ...{ customer: null, problems: [], keeps: {} },
    word: code,
    named: { promotionCode: [id], coupon: [coupon], customer: customer === null ? [] : [customer] },
    plan: (changes) => {
      if (changes.rows.find('promotionCode', id)) {
        updatePromotionCode(changes, id, { metadata });
        return changedOr(changes);
      }
      const key = couponIn(changes, coupon)?.key ?? notTaken('coupon', coupon, 'promotion[coupon]');
      if (customer !== null && !changes.rows.find('customer', customer)) notTaken('customer', customer, 'customer');
      const { expires_at: expiresAt, max_redemptions: maxRedemptions, restrictions, times_redeemed: timesRedeemed } = source;
      const { first_time_transaction, minimum_amount, minimum_amount_currency: own, currency_options: options = {} } = restrictions;
      const others = Object.fromEntries(Object.entries(options).filter(([other]) => other !== own));
      const limits = { first_time_transaction, minimum_amount, minimum_amount_currency: own, currency_options: others };
      createPromotionCode(changes, { id, code, active, customer, expiresAt, maxRedemptions, metadata, coupon: key, restrictions: limits });
      changes.patch('promotionCode', id, { created, timesRedeemed });
      return 'taken';
    },
  };
}

export type DiscountHolder = { customer: string } & Partial<Pick<Discount, 'subscription' | 'subscriptionItem'>>;

/**
 * Puts running discounts with their beginning and end, and takes back those that the holder does not have any more.
 *
 * @returns their ids, in the order of use
 */
export function putDiscounts(
  changes: ChangeSet,
  sources: readonly (SourceDiscount | string)[],
  holder: DiscountHolder,
  param: string,
): string[] {
  return sources.map((source, index) => {
    const field = `${param}[${String(index)}]`;
    if (typeof source === 'string') return notTaken('discount', source, field);
    const coupon = idOrNull(source.source.coupon) ?? notTaken('coupon of the discount', source.id, field);
    const key = couponIn(changes, coupon)?.key ?? notTaken('coupon', coupon, field);
    const code = idOrNull(source.promotion_code);
    const { account, livemode } = changes.context;
    const discount = {
      ...{ id: source.id, account, livemode, created: source.start, deleted: false, coupon: key },
      promotionCode: changes.rows.find('promotionCode', code) ? code : null,
      ...{ subscription: null, subscriptionItem: null, invoice: null, invoiceItem: null, ...holder },
      ...{ startsAt: source.start, endsAt: source.end },
    };
    changes.put('discount', discount);
    return discount.id;
  });
}

/** The rows that discounts name. */
export function namedByDiscounts(sources: readonly (SourceDiscount | string)[]): { coupon: string[]; promotionCode: string[] } {
  const known = sources.filter((source) => typeof source !== 'string');
  return {
    coupon: known.flatMap(({ source }) => (source.coupon ? [idOf(source.coupon)] : [])),
    promotionCode: known.flatMap(({ promotion_code: code }) => (code ? [idOf(code)] : [])),
  };
}
