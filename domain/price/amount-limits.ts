/**
 * Limits on what one thing may cost, so that a later renewal, which has no caller to refuse, can bill it. The limit of one charge is
 * checked when an invoice is finalized.
 */
import type BigNumber from 'bignumber.js';
import { BillingError } from '../core/errors';
import type { Price } from '../rows/price';
import { exactAmountOf, type RatedPrice } from './rating';
import { LIMITS } from '../core/limits';

/**
 * Refuses an item whose period costs too much.
 *
 * @throws BillingError amount_too_large
 */
export function assertItemAmount(price: RatedPrice, quantity: number, param: string): void {
  assertWithin(LIMITS.itemAmount.max, exactAmountOf(price, quantity), param);
}

/**
 * Refuses a line with too large an amount.
 *
 * @throws BillingError amount_too_large
 */
export function assertLineAmount(price: RatedPrice, quantity: number, param: string): void {
  assertWithin(LIMITS.lineAmount.max, exactAmountOf(price, quantity), param);
}

function assertWithin(limit: number, amount: BigNumber, param: string): void {
  if (amount.abs().lte(limit)) return;
  throw new BillingError('amount_too_large', `The price times the quantity must be no more than ${String(limit)}.`, { param });
}

/** Refuses a customer-chosen amount: only a checkout can ask the customer, so nothing else can bill such a price. */
export function refuseFreeAmount({ id, customUnitAmount }: Pick<Price, 'id' | 'customUnitAmount'>, param: string): void {
  if (customUnitAmount === null) return;
  throw new BillingError('parameter_invalid', `The price ${id} has a custom_unit_amount, which only a checkout can ask the customer for.`, {
    param,
  });
}
