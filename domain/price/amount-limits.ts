/**
 * How much one thing may cost, so that what is billed by itself later can be billed: a renewal has nobody to refuse to. What one
 * charge can be is told when an invoice is finalized.
 */
import type BigNumber from 'bignumber.js';
import { BillingError } from '../core/errors';
import type { Price } from '../rows/price';
import { exactAmountOf, type RatedPrice } from './rating';
import { LIMITS } from '../core/limits';

/** Throws amount_too_large for an item whose period costs too much. */
export function assertItemAmount(price: RatedPrice, quantity: number, param: string): void {
  assertWithin(LIMITS.itemAmount.max, exactAmountOf(price, quantity), param);
}

/** Throws amount_too_large for a line that comes to too much. */
export function assertLineAmount(price: RatedPrice, quantity: number, param: string): void {
  assertWithin(LIMITS.lineAmount.max, exactAmountOf(price, quantity), param);
}

function assertWithin(limit: number, amount: BigNumber, param: string): void {
  if (amount.abs().lte(limit)) return;
  throw new BillingError('amount_too_large', `The price times the quantity must be no more than ${String(limit)}.`, { param });
}

/** An amount that the customer chooses is chosen in a checkout: nothing else can bill such a price. */
export function refuseFreeAmount({ id, customUnitAmount }: Pick<Price, 'id' | 'customUnitAmount'>, param: string): void {
  if (customUnitAmount === null) return;
  throw new BillingError('parameter_invalid', `The price ${id} has a custom_unit_amount, which only a checkout can ask the customer for.`, {
    param,
  });
}
