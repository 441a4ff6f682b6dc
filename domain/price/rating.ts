/**
 * What a quantity of a price costs. Tiers, packages and unit prices are computed exactly and rounded once, at the end: 60 units, with 10 at
 * 500, 40 at 400 and the rest at 300, cost 24000 graduated, and 18000 by volume. At zero, the first tier's flat amount is still charged
 * (Stripe). Usage below zero (larger corrections) is priced as zero.
 */
import BigNumber from 'bignumber.js';
import type { LineBasis, RatedTier } from '../rows/line-basis';
import { decimalText, limited, negate, roundHalfUp, shareOf } from '../money/money';
import type { Price, PriceTier } from '../rows/price';
import { LIMITS } from '../core/limits';

export type RatedPrice = Pick<Price, 'unitAmountDecimal' | 'tiersMode' | 'tiers' | 'transformQuantity'>;

/** Prices a quantity: a number of units or, as decimal text, usage. */
export function rate(price: RatedPrice, quantity: number | string): LineBasis {
  const basis = unrounded(price, quantity);
  const amount = new BigNumber(basis.exact);
  const full = fullAmount(amount);
  return isBeyond(amount, units(quantity)) ? { ...basis, full, beyond: true } : { ...basis, full };
}

/** Rounded, and limited to what a line can show. */
export function fullAmount(exact: BigNumber): number {
  return roundHalfUp(limited(exact, LIMITS.usageAmount.max));
}

/** Only usage can exceed the limit, because it has no caller to refuse. Requests are refused before (`amount-limits.ts`). */
function isBeyond(amount: BigNumber, quantity: BigNumber): boolean {
  return amount.abs().gt(LIMITS.usageAmount.max) || quantity.gt(LIMITS.usageQuantity.max);
}

type Unrounded = Omit<LineBasis, 'full'> & { exact: string };

function unrounded(price: RatedPrice, quantity: number | string): Unrounded {
  const { tiers, tiersMode, transformQuantity } = price;
  if (tiers !== null && tiersMode !== null) return ratedOnce(tiersMode, tiers, units(quantity));
  const unitAmount = price.unitAmountDecimal ?? '0';
  if (transformQuantity === null) return priced('per_unit', unitAmount, units(quantity), units(quantity));
  const packages = inPackages(units(quantity), transformQuantity);
  const basis = priced('package', unitAmount, units(quantity), packages);
  return { ...basis, package: { ...transformQuantity, packages: decimalText(packages) } };
}

/** The exact amount before rounding, without a limit. */
export function exactAmountOf(price: RatedPrice, quantity: number | string): BigNumber {
  return new BigNumber(unrounded(price, quantity).exact);
}

/** A unit amount that a caller named, as a price. */
export function unitPrice(unitAmountDecimal: string): RatedPrice {
  return { unitAmountDecimal, tiersMode: null, tiers: null, transformQuantity: null };
}

/** The amount of a line, and how it was calculated. */
export interface Charged {
  amount: number;
  basis: LineBasis;
}

export function whole(basis: LineBasis): Charged {
  return { amount: basis.full, basis };
}

/** The share of it for `seconds` of `of` seconds, rounded once. */
export function partOf(basis: LineBasis, seconds: number, of: number): Charged {
  return { amount: shareOf(exactOf(basis), seconds, of), basis: { ...basis, share: { seconds, of } } };
}

/** The base of a share: the sum before rounding, or the most that a line can show. */
export const exactOf = ({ exact, full, beyond }: LineBasis): string => (exact === undefined || beyond ? String(full) : exact);

/** The same share as a credit. */
export function creditOf(basis: LineBasis, seconds: number, of: number): Charged {
  const part = partOf(basis, seconds, of);
  return { amount: negate(part.amount), basis: { ...part.basis, credit: true } };
}

/** For a trial, or time that is free. */
export const FREE: Charged = { amount: 0, basis: { rule: 'free', full: 0 } };

/** Whether any quantity costs nothing. */
export function isFree({ unitAmountDecimal, tiers }: RatedPrice): boolean {
  const amounts = tiers ? tiers.flatMap((tier) => [tier.unit_amount_decimal, tier.flat_amount_decimal]) : [unitAmountDecimal];
  return amounts.every((amount) => amount === null || Number(amount) === 0);
}

function priced(rule: 'per_unit' | 'package', unitAmount: string, quantity: BigNumber, times: BigNumber): Unrounded {
  const exact = new BigNumber(unitAmount).times(times);
  return { rule, quantity: decimalText(quantity), unit_amount_decimal: unitAmount, exact: decimalText(exact) };
}

function inPackages(quantity: BigNumber, { divide_by: size, round }: NonNullable<Price['transformQuantity']>): BigNumber {
  const whole = quantity.idiv(size);
  return round === 'up' && !quantity.mod(size).isZero() ? whole.plus(1) : whole;
}

/**
 * A cache of rated quantities, by their tiers. One plan rates the same quantity again for each line and each discount, and a hundred tiers
 * take a third of a millisecond. Rows never change in place, so a cached result stays right.
 */
const known = new WeakMap<PriceTier[], Map<string, Unrounded>>();
/** The most results to keep; beyond that the cache is cleared. */
const KNOWN_MAX = 100;

function ratedOnce(mode: 'graduated' | 'volume', tiers: PriceTier[], quantity: BigNumber): Unrounded {
  const key = `${mode} ${decimalText(quantity)}`;
  let ratings = known.get(tiers);
  if (!ratings || ratings.size >= KNOWN_MAX) known.set(tiers, (ratings = new Map<string, Unrounded>()));
  const rated = ratings.get(key) ?? tiered(mode, tiers, quantity);
  ratings.set(key, rated);
  return rated;
}

function tiered(mode: 'graduated' | 'volume', tiers: PriceTier[], quantity: BigNumber): Unrounded {
  const rated = mode === 'graduated' ? graduated(tiers, quantity) : volume(tiers, quantity);
  const exact = rated.reduce((sum, tier) => sum.plus(tier.amount_decimal), new BigNumber(0));
  return { rule: mode, quantity: decimalText(quantity), tiers: rated, exact: decimalText(exact) };
}

/** For each tier that the quantity reaches, the units within that tier. */
function graduated(tiers: PriceTier[], quantity: BigNumber): RatedTier[] {
  return tiers.flatMap((tier, index) => {
    const above = tiers[index - 1]?.up_to ?? 0;
    if (index > 0 && quantity.lte(above)) return [];
    const upTo = tier.up_to === null ? quantity : BigNumber.min(quantity, tier.up_to);
    return [ratedTier(tier, above, upTo.minus(above))];
  });
}

function volume(tiers: PriceTier[], quantity: BigNumber): RatedTier[] {
  const index = tiers.findIndex(({ up_to: upTo }) => upTo === null || quantity.lte(upTo));
  const tier = tiers[index];
  return tier ? [ratedTier(tier, tiers[index - 1]?.up_to ?? 0, quantity)] : [];
}

function ratedTier(tier: PriceTier, above: number, quantity: BigNumber): RatedTier {
  const amount = quantity.times(tier.unit_amount_decimal ?? 0).plus(tier.flat_amount_decimal ?? 0);
  return { ...tier, above, quantity: decimalText(quantity), amount_decimal: decimalText(amount) };
}

function units(quantity: number | string): BigNumber {
  return BigNumber.max(new BigNumber(quantity), 0);
}
