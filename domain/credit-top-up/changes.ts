/** Rules that buy credit: made, changed, paused, resumed and deleted. What could not be paid is given up with each of the last three. */
import { activate, pause, pendingPurchase } from '../invoice/credit-purchase-settlement';
import { priceOfTopUp, type CreditTopUp } from '../rows/credit-top-up';
import { activeTopUps } from './standing';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { voidInvoice } from '../collection/collection';
import { refuseUnchargeable } from '../money/minimum-charge';
import type { Plan } from '../core/change-set';
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
 * The facts are the customer and its rules. It buys at once where too little is left.
 * @throws parameter_invalid, amount_too_small, amount_too_large, customer_missing_payment_method
 */
export function createCreditTopUp(plan: Plan, asked: NewCreditTopUp): void {
  const { testClock } = plan.rows.get('customer', asked.customer);
  const row = plan.put('creditTopUp', { ...plan.resource('credtu'), ...asked, ...UNUSED, testClock, updated: plan.now });
  assertOwnMethod(plan, row);
  assertPayable(plan, row);
  assertSound(plan, row);
  plan.emit('billing.credit_top_up.created', 'creditTopUp', row.id);
  wake(plan, row);
}

/** Of what is sold from now on; a purchase that is not paid keeps its terms. @throws parameter_invalid, amount_too_small, amount_too_large */
export function updateCreditTopUp(plan: Plan, id: string, { metadata, ...change }: CreditTopUpUpdate): void {
  const before = plan.rows.get('creditTopUp', id);
  const row = plan.patch('creditTopUp', id, { ...change, metadata: mergeMetadata(before.metadata, metadata), updated: plan.now });
  if (change.defaultPaymentMethod !== undefined) assertOwnMethod(plan, row);
  assertSound(plan, row);
  plan.emitUpdated('billing.credit_top_up.updated', 'creditTopUp', id);
  wake(plan, row);
}

/** @throws parameter_invalid where it is paused already, payment_attempt_in_progress */
export function pauseCreditTopUp(plan: Plan, id: string): void {
  const topUp = plan.rows.get('creditTopUp', id);
  if (topUp.pauseReason === 'requested') throw new BillingError('parameter_invalid', 'This credit top-up is already paused.');
  giveUpUnpaid(plan, topUp);
  pause(plan, topUp, 'requested');
}

/** It buys at once where too little is left. @throws parameter_invalid where it is active, customer_missing_payment_method, payment_attempt_in_progress */
export function resumeCreditTopUp(plan: Plan, id: string): void {
  const topUp = plan.rows.get('creditTopUp', id);
  if (topUp.status === 'active') throw new BillingError('parameter_invalid', 'This credit top-up is already active.');
  assertPayable(plan, topUp);
  giveUpUnpaid(plan, topUp);
  activate(plan, id);
}

/** @throws payment_attempt_in_progress */
export function deleteCreditTopUp(plan: Plan, id: string): void {
  giveUpUnpaid(plan, plan.rows.get('creditTopUp', id));
  plan.patch('creditTopUp', id, { deleted: true, updated: plan.now });
  plan.emit('billing.credit_top_up.deleted', 'creditTopUp', id);
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

/** The invoice of a payment that has failed is void: nobody is charged for it any more. What is on its way goes on. */
function giveUpUnpaid(plan: Plan, { pendingInvoice }: CreditTopUp): void {
  const invoice = plan.rows.find('invoice', pendingInvoice);
  if (!invoice?.attempted || !pendingPurchase(plan.rows, invoice.id)) return;
  voidInvoice(plan, invoice.id);
  plan.wake('invoice', invoice.id, invoice);
}

function assertSound(plan: Plan, topUp: CreditTopUp): void {
  const price = priceOfTopUp(topUp);
  refuseUnchargeable(price, topUp.currency, topUp.unitAmount === null ? 'amount' : 'unit_amount');
  if (topUp.monthlyLimit < price) {
    const message = `The monthly limit must be at least what one top-up costs, ${String(price)}.`;
    throw new BillingError('parameter_invalid', message, { param: 'monthly_limit' });
  }
  const other = plan.rows.first('creditTopUp', (each) => each.id !== topUp.id && !each.deleted && paysTheSame(each, topUp));
  if (!other) return;
  const message = `${other.id} tops up credit of this customer for the same usage. Update or delete it.`;
  throw new BillingError('parameter_invalid', message, { param: 'credit_grant[applicability_config][scope]' });
}

/** Both would buy for one want. */
function paysTheSame(one: CreditTopUp, other: CreditTopUp): boolean {
  if (one.customer !== other.customer || one.currency !== other.currency) return false;
  return one.prices === null || other.prices === null || one.prices.some((price) => other.prices?.includes(price));
}

function assertOwnMethod(plan: Plan, { customer, defaultPaymentMethod: method }: CreditTopUp): void {
  if (method === null || plan.rows.find('paymentMethod', method)?.customer === customer) return;
  const message = `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`;
  throw new BillingError('resource_missing', message, { param: 'default_payment_method' });
}

function assertPayable(plan: Plan, { customer, defaultPaymentMethod }: CreditTopUp): void {
  const { invoiceSettings } = plan.rows.get('customer', customer);
  if (defaultPaymentMethod !== null || invoiceSettings.default_payment_method !== null) return;
  throw new BillingError(
    'customer_missing_payment_method',
    'This customer has no default payment method. Set one, or `default_payment_method` of the top-up, before it can be charged.',
  );
}

function wake(plan: Plan, { customer }: CreditTopUp): void {
  if (activeTopUps(plan.rows, customer).length > 0) plan.wake('usage', customer, { customer });
}
