/**
 * How much one thing may cost, so that what is billed by itself later can be billed: a renewal has nobody to refuse to. What one
 * charge can be is told when an invoice is finalized.
 */
import BigNumber from 'bignumber.js';
import { BillingError } from './errors';

/** What one line of an invoice may come to, either way. */
const LINE_MAX = 99_999_999_999;
/** Of a subscription's item: twenty of them, and as much tax again, are still one charge. */
const ITEM_MAX = 2_499_999_999;

/** Throws amount_too_large for an item whose period costs too much. */
export function assertItemAmount(unitAmountDecimal: string, quantity: number, param: string): void {
  assertWithin(ITEM_MAX, unitAmountDecimal, quantity, param);
}

/** Throws amount_too_large for a line that comes to too much. */
export function assertLineAmount(unitAmountDecimal: string, quantity: number, param: string): void {
  assertWithin(LINE_MAX, unitAmountDecimal, quantity, param);
}

function assertWithin(limit: number, unitAmountDecimal: string, quantity: number, param: string): void {
  if (new BigNumber(unitAmountDecimal).times(quantity).abs().lte(limit)) return;
  throw new BillingError('amount_too_large', `The price times the quantity must be no more than ${String(limit)}.`, { param });
}
