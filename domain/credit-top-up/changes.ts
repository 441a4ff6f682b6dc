/** Creates, updates, pauses, resumes and deletes rules that buy credit. Pausing, resuming and deleting give up an unpaid purchase. */
import { activate, pause, pendingPurchase } from '../invoice/credit-purchase-settlement';
import { priceOfTopUp, type CreditTopUp } from '../rows/credit-top-up';
import { activeTopUps } from './due-purchases';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { voidInvoice } from '../invoice/voiding';
import { refuseUnchargeable } from '../money/minimum-charge';
import { defaultMethodOf } from '../rows/customer';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';

export type CreditTopUpSettings = Pick<
  CreditTopUp,
  | 'threshold'
  | 'amount'
  | 'unitAmount'
  | 'monthlyLimit'
  | 'defaultPaymentMethod'
  | 'defaultTaxRates'
  | 'name'
  | 'priority'
  | 'prices'
  | 'expiresAfterDays'
  | 'metadata'
>;

export type CreditTopUpUpdate = Partial<Omit<CreditTopUpSettings, 'metadata'>> & { metadata?: Metadata | null | undefined };
export type NewCreditTopUp = CreditTopUpSettings & Pick<CreditTopUp, 'customer' | 'currency'>;

/**
 * Creates a rule. The facts are the customer and its rules. The rule buys at once if too little credit is left.
 *
 * @throws BillingError parameter_invalid, amount_too_small, amount_too_large, customer_missing_payment_method
 */
export function createCreditTopUp(changes: ChangeSet, params: NewCreditTopUp): void {
  const { testClock } = changes.rows.get('customer', params.customer);
  const row = changes.put('creditTopUp', { ...changes.resource('credtu'), ...params, ...UNUSED, testClock, updated: changes.now });
  assertOwnMethod(changes, row);
  assertPayable(changes, row);
  assertSound(changes, row);
  changes.emit('billing.credit_top_up.created', 'creditTopUp', row.id);
  wake(changes, row);
}

/**
 * Changes the terms of later purchases; an unpaid purchase keeps its terms.
 *
 * @throws BillingError parameter_invalid, amount_too_small, amount_too_large
 */
export function updateCreditTopUp(changes: ChangeSet, id: string, { metadata, ...change }: CreditTopUpUpdate): void {
  const before = changes.rows.get('creditTopUp', id);
  const row = changes.patch('creditTopUp', id, { ...change, metadata: mergeMetadata(before.metadata, metadata), updated: changes.now });
  if (change.defaultPaymentMethod !== undefined) assertOwnMethod(changes, row);
  assertSound(changes, row);
  changes.emitUpdated('billing.credit_top_up.updated', 'creditTopUp', id);
  wake(changes, row);
}

/** @throws BillingError parameter_invalid if it is paused already, payment_attempt_in_progress */
export function pauseCreditTopUp(changes: ChangeSet, id: string): void {
  const topUp = changes.rows.get('creditTopUp', id);
  if (topUp.pauseReason === 'requested') throw new BillingError('parameter_invalid', 'This credit top-up is already paused.');
  giveUpUnpaid(changes, topUp);
  pause(changes, topUp, 'requested');
}

/**
 * Resumes a rule. It buys at once if too little credit is left.
 *
 * @throws BillingError parameter_invalid if it is active, customer_missing_payment_method, payment_attempt_in_progress
 */
export function resumeCreditTopUp(changes: ChangeSet, id: string): void {
  const topUp = changes.rows.get('creditTopUp', id);
  if (topUp.status === 'active') throw new BillingError('parameter_invalid', 'This credit top-up is already active.');
  assertPayable(changes, topUp);
  giveUpUnpaid(changes, topUp);
  activate(changes, id);
}

/** @throws BillingError payment_attempt_in_progress */
export function deleteCreditTopUp(changes: ChangeSet, id: string): void {
  giveUpUnpaid(changes, changes.rows.get('creditTopUp', id));
  changes.patch('creditTopUp', id, { deleted: true, updated: changes.now });
  changes.emit('billing.credit_top_up.deleted', 'creditTopUp', id);
}

const UNUSED = {
  deleted: false,
  status: 'active',
  pauseReason: null,
  purchases: 0,
  monthStart: null,
  monthSpent: 0,
  heldMonth: null,
  pendingInvoice: null,
  latestInvoice: null,
  latestCreditGrant: null,
} as const;

/** Voids the invoice of a failed payment, so that it is never charged again. A payment in flight continues. */
function giveUpUnpaid(changes: ChangeSet, { pendingInvoice }: CreditTopUp): void {
  const invoice = changes.rows.find('invoice', pendingInvoice);
  if (!invoice?.attempted || !pendingPurchase(changes.rows, invoice.id)) return;
  voidInvoice(changes, invoice.id);
  changes.wake('invoice', invoice.id, invoice);
}

function assertSound(changes: ChangeSet, topUp: CreditTopUp): void {
  const price = priceOfTopUp(topUp);
  refuseUnchargeable(price, topUp.currency, topUp.unitAmount === null ? 'amount' : 'unit_amount');
  if (topUp.monthlyLimit < price) {
    const message = `The monthly limit must be at least what one top-up costs, ${String(price)}.`;
    throw new BillingError('parameter_invalid', message, { param: 'monthly_limit' });
  }
  const other = changes.rows.first('creditTopUp', (each) => each.id !== topUp.id && !each.deleted && paysTheSame(each, topUp));
  if (!other) return;
  const message = `${other.id} tops up credit of this customer for the same usage. Update or delete it.`;
  throw new BillingError('parameter_invalid', message, { param: 'credit_grant[applicability_config][scope]' });
}

/** Whether both rules would buy credit for the same usage. */
function paysTheSame(one: CreditTopUp, other: CreditTopUp): boolean {
  if (one.customer !== other.customer || one.currency !== other.currency) return false;
  return one.prices === null || other.prices === null || one.prices.some((price) => other.prices?.includes(price));
}

function assertOwnMethod(changes: ChangeSet, { customer, defaultPaymentMethod: method }: CreditTopUp): void {
  if (method === null || changes.rows.find('paymentMethod', method)?.customer === customer) return;
  const message = `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`;
  throw new BillingError('resource_missing', message, { param: 'default_payment_method' });
}

function assertPayable(changes: ChangeSet, { customer, defaultPaymentMethod }: CreditTopUp): void {
  if ((defaultPaymentMethod ?? defaultMethodOf(changes.rows.get('customer', customer))) !== null) return;
  throw new BillingError(
    'customer_missing_payment_method',
    'This customer has no default payment method. Set one, or `default_payment_method` of the top-up, before it can be charged.',
  );
}

function wake(changes: ChangeSet, { customer }: CreditTopUp): void {
  if (activeTopUps(changes.rows, customer).length > 0) changes.wake('usage', customer, { customer });
}
