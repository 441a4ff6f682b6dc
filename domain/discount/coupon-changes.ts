/** Coupons: a percentage or a fixed amount off, once, for some months or forever. Terms never change, but currencies can be added. */
import { addMonths } from '../money/billing-period';
import { BillingError } from '../core/errors';
import type { Coupon } from '../rows/discount';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';

export interface NewCoupon {
  /** Chosen by the caller, or generated. */
  id: string;
  name: string | null;
  percentOff: string | null;
  amountOff: number | null;
  currency: string | null;
  currencyOptions: Coupon['currencyOptions'];
  duration: Coupon['duration'];
  durationInMonths: number | null;
  maxRedemptions: number | null;
  redeemBy: number | null;
  products: string[] | null;
  metadata: Metadata | null | undefined;
}

/**
 * All coupons that ever had the id are among the rows. A deleted one keeps its discounts and its key.
 *
 * @throws BillingError resource_already_exists if a coupon that is not deleted has the id; parameters_exclusive, parameter_missing, parameter_invalid for contradictory terms
 */
export function createCoupon(changes: ChangeSet, key: string, { products, metadata, ...terms }: NewCoupon): void {
  if (changes.rows.all('coupon').some((coupon) => coupon.id === terms.id && !coupon.deleted))
    throw new BillingError('resource_already_exists', 'Coupon already exists.', { param: 'id' });
  checkAmount(terms);
  checkCurrencies(terms, terms.currencyOptions);
  checkDuration(terms);
  checkRedeemBy(changes, terms.redeemBy);
  for (const id of products ?? []) {
    const product = changes.rows.find('product', id);
    if (!product || product.deleted)
      throw new BillingError('resource_missing', `No such product: '${id}'`, { param: 'applies_to[products]' });
  }
  changes.put('coupon', {
    ...terms,
    key,
    account: changes.context.account,
    livemode: changes.context.livemode,
    created: changes.now,
    deleted: false,
    timesRedeemed: 0,
    appliesTo: products === null ? null : { products },
    metadata: mergeMetadata({}, metadata),
  });
  changes.emit('coupon.created', 'coupon', key);
}

export interface CouponChange {
  name?: string | null | undefined;
  currencyOptions?: Coupon['currencyOptions'] | undefined;
  metadata?: Metadata | null | undefined;
}

/**
 * Currencies can be added. An existing amount never changes, because redeemed discounts depend on it.
 *
 * @throws BillingError parameter_invalid
 */
export function updateCoupon(changes: ChangeSet, key: string, change: CouponChange): void {
  const coupon = changes.rows.get('coupon', key);
  const name = change.name === undefined ? coupon.name : change.name;
  const { currencyOptions = {} } = change;
  checkCurrencies(coupon, currencyOptions);
  for (const [currency, { amount_off }] of Object.entries(currencyOptions)) {
    const before = coupon.currencyOptions[currency];
    if (before && before.amount_off !== amount_off)
      invalid('The amount of a currency cannot be changed once it is set.', `currency_options[${currency}][amount_off]`);
  }
  changes.patch('coupon', key, {
    name,
    currencyOptions: { ...coupon.currencyOptions, ...currencyOptions },
    metadata: mergeMetadata(coupon.metadata, change.metadata),
  });
  changes.emitUpdated('coupon.updated', 'coupon', key);
}

/** Deletes the coupon: it can no longer be redeemed, and its existing discounts stay in force. */
export function deleteCoupon(changes: ChangeSet, key: string): void {
  changes.patch('coupon', key, { deleted: true });
  changes.emit('coupon.deleted', 'coupon', key);
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

/** Only fixed amounts can have other currencies, and these differ from the coupon's own. */
function checkCurrencies({ amountOff, currency }: Pick<Coupon, 'amountOff' | 'currency'>, options: Coupon['currencyOptions']): void {
  const currencies = Object.keys(options);
  if (currencies.length > 0 && amountOff === null) invalid('You may only pass currency_options with amount_off.', 'currency_options');
  if (currency !== null && currencies.includes(currency))
    invalid("currency_options cannot have the coupon's own currency.", `currency_options[${currency}]`);
}

const REDEEM_BY_YEARS_MAX = 5;

function checkRedeemBy(changes: ChangeSet, redeemBy: number | null): void {
  if (redeemBy === null) return;
  if (redeemBy <= changes.now) invalid('redeem_by must be in the future.', 'redeem_by');
  if (redeemBy > addMonths(changes.now, 12 * REDEEM_BY_YEARS_MAX))
    invalid(`redeem_by cannot be more than ${String(REDEEM_BY_YEARS_MAX)} years in the future.`, 'redeem_by');
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
