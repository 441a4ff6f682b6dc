/**
 * Promotion codes: texts with which customers redeem a coupon. Two codes with which one customer could mean either are never active
 * together.
 */
import type { Coupon } from '../rows/discount';
import { amountOffIn } from './amounts';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import { isActive, type PromotionCode, type PromotionCodeRestrictions } from '../rows/promotion-code';
import { isRedeemable } from '../rows/redemption';
import type { Metadata } from '../rows/resource';

export interface NewPromotionCode extends Pick<PromotionCode, 'id' | 'code' | 'active' | 'customer' | 'expiresAt' | 'maxRedemptions'> {
  /** The coupon's key; its row is among the facts. */
  coupon: string;
  restrictions: PromotionCodeRestrictions;
  metadata: Metadata | null | undefined;
}

/**
 * All codes with the same text are among the rows.
 *
 * @throws BillingError resource_already_exists if the text is taken; coupon_expired; parameter_invalid and parameter_missing if the terms
 * exceed the coupon's or contradict each other
 */
export function createPromotionCode(changes: ChangeSet, { metadata, ...terms }: NewPromotionCode): void {
  const coupon = changes.rows.get('coupon', terms.coupon);
  if (!isRedeemable(coupon, changes.now))
    throw new BillingError('coupon_expired', `Coupon expired: ${coupon.id}`, { param: 'promotion[coupon]' });
  assertWithin(changes, coupon, terms);
  assertRestrictions(coupon, terms.restrictions);
  const { account, livemode } = changes.context;
  const code = { ...terms, account, livemode, created: changes.now, timesRedeemed: 0, metadata: mergeMetadata({}, metadata) };
  if (code.active) assertFree(changes, code);
  changes.put('promotionCode', code);
  changes.emit('promotion_code.created', 'promotionCode', code.id);
}

export interface PromotionCodeChange {
  active?: boolean | undefined;
  metadata?: Metadata | null | undefined;
  currencyOptions?: PromotionCodeRestrictions['currency_options'] | undefined;
}

/** @throws BillingError parameter_invalid if it can never be redeemed again; resource_already_exists if its text was taken meanwhile */
export function updatePromotionCode(changes: ChangeSet, id: string, { active, metadata, currencyOptions = {} }: PromotionCodeChange): void {
  const code = changes.rows.get('promotionCode', id);
  const coupon = changes.rows.get('coupon', code.coupon);
  const { restrictions } = code;
  const changed: PromotionCode = {
    ...code,
    active: active ?? code.active,
    restrictions: { ...restrictions, currency_options: { ...restrictions.currency_options, ...currencyOptions } },
    metadata: mergeMetadata(code.metadata, metadata),
  };
  assertRestrictions(coupon, changed.restrictions);
  if (active) {
    if (!isActive(changed, coupon, changes.now))
      invalid('active', 'This promotion code can no longer be redeemed, so it cannot be active.');
    assertFree(changes, changed);
  }
  changes.put('promotionCode', changed);
  changes.emitUpdated('promotion_code.updated', 'promotionCode', id);
}

type Terms = Pick<PromotionCode, 'expiresAt' | 'maxRedemptions'>;

function assertWithin(changes: ChangeSet, { redeemBy, maxRedemptions }: Coupon, terms: Terms): void {
  if (terms.expiresAt !== null && terms.expiresAt <= changes.now) invalid('expires_at', 'expires_at must be in the future.');
  if (terms.expiresAt !== null && redeemBy !== null && terms.expiresAt > redeemBy)
    invalid('expires_at', "expires_at cannot be after the coupon's redeem_by.");
  if (terms.maxRedemptions !== null && maxRedemptions !== null && terms.maxRedemptions > maxRedemptions)
    invalid('max_redemptions', "max_redemptions cannot be greater than the coupon's max_redemptions.");
}

function assertRestrictions(coupon: Coupon, restrictions: PromotionCodeRestrictions): void {
  const { minimum_amount: amount, minimum_amount_currency: own, currency_options: options } = restrictions;
  const others = Object.keys(options);
  if (amount !== null && own === null) missing('restrictions[minimum_amount_currency]');
  if (amount === null && (own !== null || others.length > 0)) missing('restrictions[minimum_amount]');
  if (own === null) return;
  if (own in options)
    invalid(`restrictions[currency_options][${own}]`, 'Each currency must be different from the minimum_amount_currency of the code.');
  assertRedeemableIn(coupon, own, 'restrictions[minimum_amount_currency]');
  for (const each of others) assertRedeemableIn(coupon, each, `restrictions[currency_options][${each}]`);
}

function assertRedeemableIn(coupon: Coupon, currency: string, param: string): void {
  if (coupon.amountOff === null || amountOffIn(coupon, currency) !== null) return;
  invalid(param, `The coupon has no amount in ${currency}, so it cannot be redeemed in it.`);
}

/**
 * Stripe: codes of different customers may have the same text, but a public code must be unique. Once a code can never be redeemed again,
 * its text may be reused.
 */
function assertFree(changes: ChangeSet, code: PromotionCode): void {
  const others = changes.rows.where('promotionCode', (other) => other.id !== code.id && other.active && isSameWord(other, code));
  for (const other of others) {
    if (!isActive(other, changes.rows.get('coupon', other.coupon), changes.now))
      changes.patch('promotionCode', other.id, { active: false });
    else if (other.customer === null || code.customer === null || other.customer === code.customer) {
      throw new BillingError('resource_already_exists', `An active promotion code with \`code: ${code.code}\` already exists.`, {
        param: 'code',
      });
    }
  }
}

const isSameWord = (one: PromotionCode, other: PromotionCode): boolean => one.code.toLowerCase() === other.code.toLowerCase();

function missing(param: string): never {
  throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
}

function invalid(param: string, message: string): never {
  throw new BillingError('parameter_invalid', message, { param });
}
