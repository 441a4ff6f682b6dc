/**
 * Customers come, change and go. What concerns their workflows wakes them: a new card lets dunning try at once, a deleted
 * customer's subscriptions end. A balance of -500 is 500 of credit: the customer's, so it is owed to them in the books.
 */
import { wakeForCard } from './cards';
import { balanceIn, putBalanceTransaction } from './balance';
import type { Customer, CustomerInvoiceSettings } from '../rows/customer';
import { putDiscount, redeemableCoupon } from '../discount/requests';
import { BillingError } from '../core/errors';
import { given } from '../core/omit-undefined';
import type { Invoice } from '../rows/invoice';
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
import { redeemableCode } from '../discount/promotion-code-redemption';
import type { Metadata } from '../rows/resource';
import { LIMITS } from '../core/limits';

export interface CustomerChange extends Partial<
  Pick<
    Customer,
    | 'name'
    | 'email'
    | 'phone'
    | 'description'
    | 'address'
    | 'shipping'
    | 'preferredLocales'
    | 'taxExempt'
    | 'nextInvoiceSequence'
    | 'invoicePrefix'
  >
> {
  /** What the balance is to be. */
  balance?: number | undefined;
  invoiceSettings?: Partial<CustomerInvoiceSettings> | undefined;
  metadata?: Metadata | null | undefined;
}

const NO_SETTINGS: CustomerInvoiceSettings = { custom_fields: null, default_payment_method: null, footer: null };

/** Puts a customer and tells of it. The account is among the rows: its currency is that of a balance given here. */
export function createCustomer(
  plan: Plan,
  { balance, invoiceSettings, metadata, ...details }: CustomerChange,
  testClock: string | null,
): Customer {
  const resource = plan.resource('cus');
  const customer = plan.put('customer', {
    ...resource,
    deleted: false,
    testClock,
    name: null,
    email: null,
    phone: null,
    description: null,
    address: null,
    shipping: null,
    balance: 0,
    otherBalances: {},
    currency: null,
    delinquent: false,
    invoicePrefix: madeUpPrefix(plan),
    nextInvoiceSequence: 1,
    invoiceSettings: { ...NO_SETTINGS, ...invoiceSettings },
    preferredLocales: [],
    taxExempt: 'none',
    discount: null,
    ...given(details),
    metadata: mergeMetadata({}, metadata),
  });
  if (balance !== undefined && balance !== 0) adjustBalance(plan, customer.id, { amount: balance, type: 'initial' });
  plan.emit('customer.created', 'customer', customer.id);
  return plan.rows.get('customer', customer.id);
}

/** Changes what is given; a payment method that becomes the default must be the customer's own. */
export function updateCustomer(plan: Plan, id: string, { balance, invoiceSettings, metadata, ...details }: CustomerChange): void {
  const customer = plan.rows.get('customer', id);
  const settings = { ...customer.invoiceSettings, ...invoiceSettings };
  if (settings.default_payment_method !== customer.invoiceSettings.default_payment_method) {
    requireOwnPaymentMethod(plan, id, settings.default_payment_method);
    wakeForCard(plan, id);
  }
  if (details.nextInvoiceSequence !== undefined) requireLaterSequence(customer, details.nextInvoiceSequence);
  plan.patch('customer', id, { ...given(details), invoiceSettings: settings, metadata: mergeMetadata(customer.metadata, metadata) });
  if (balance !== undefined && balance !== customer.balance) {
    adjustBalance(plan, id, { amount: balance - customer.balance, type: 'adjustment' });
  }
  plan.emitUpdated('customer.updated', 'customer', id);
}

/**
 * Marks the customer deleted: its subscriptions end, its drafts and open invoices are not collected any more, its cards are taken
 * away, and no credit is bought. What was invoiced stays in the books.
 */
export function deleteCustomer(plan: Plan, id: string): void {
  plan.patch('customer', id, { deleted: true });
  takeCards(plan, id);
  for (const { id: invoice, customer } of plan.rows.where('invoice', isAdvancing)) plan.wake('invoice', invoice, { customer });
  for (const subscription of plan.rows.all('subscription')) plan.wake('subscription', subscription.id, subscription);
  for (const topUp of plan.rows.where('creditTopUp', (each) => !each.deleted)) {
    plan.patch('creditTopUp', topUp.id, { deleted: true, updated: plan.now });
    plan.emit('billing.credit_top_up.deleted', 'creditTopUp', topUp.id);
  }
  wakeForCard(plan, id);
  plan.emit('customer.deleted', 'customer', id);
}

/** What does something by itself, and has to see that its customer is gone. What a subscription or a recovery has ends with that. */
const isAdvancing = ({ autoAdvance, status, subscription }: Invoice): boolean =>
  autoAdvance && subscription === null && (status === 'draft' || status === 'open');

function takeCards(plan: Plan, id: string): void {
  for (const method of plan.rows.where('paymentMethod', ({ customer }) => customer === id)) {
    plan.patch('paymentMethod', method.id, { customer: null });
    plan.emitUpdated('payment_method.detached', 'paymentMethod', method.id);
  }
  const { invoiceSettings } = plan.rows.get('customer', id);
  plan.patch('customer', id, { invoiceSettings: { ...invoiceSettings, default_payment_method: null } });
}

/** A change of a balance by hand (in the customer's own currency, unless another is named): credit is owed to the customer, debt by them. */
export function adjustBalance(
  plan: Plan,
  id: string,
  change: { amount: number; type: 'initial' | 'adjustment'; currency?: string; description?: string | null; metadata?: Metadata },
): string {
  const customer = plan.rows.get('customer', id);
  const { currency = customer.currency ?? plan.rows.get('account', plan.context.account).defaultCurrency } = change;
  assertBalance(balanceIn(customer, currency) + change.amount);
  const transaction = putBalanceTransaction(plan, id, { ...change, currency });
  plan.post('customer_balance_adjustment', transaction.id, id, [
    { ledgerAccount: 'customer_balance', amount: change.amount, currency, invoice: null },
    { ledgerAccount: 'adjustments', amount: -change.amount, currency, invoice: null },
  ]);
  return transaction.id;
}

function assertBalance(balance: number): void {
  const { max } = LIMITS.customerBalance;
  if (Math.abs(balance) <= max) return;
  throw new BillingError('amount_too_large', `A balance can be at most ${String(max)}, either way.`, { param: 'amount' });
}

/**
 * Gives the customer the discount of a coupon or of a promotion code, in place of an earlier one.
 * @throws resource_missing, coupon_expired, promotion_code_customer_not_first_time, parameter_invalid
 */
export function startCustomerDiscount(plan: Plan, id: string, asked: { coupon: string } | { promotionCode: string }): void {
  const code = 'promotionCode' in asked ? asked.promotionCode : null;
  const coupon =
    'coupon' in asked
      ? redeemableCoupon(plan, asked.coupon, 'coupon')
      : redeemableCode(plan, asked.promotionCode, { customer: id, purchase: undefined, param: 'promotion_code' }).coupon;
  const before = plan.rows.find('discount', plan.rows.get('customer', id).discount);
  const discount = putDiscount(plan, coupon, code, { customer: id });
  plan.patch('customer', id, { discount: discount.id });
  if (before) plan.patch('discount', before.id, { deleted: true, endsAt: plan.now });
  if (before) plan.emitReplaced('customer.discount.updated', 'discount', before.id, discount.id);
  else plan.emit('customer.discount.created', 'discount', discount.id);
}

/** Takes the customer's discount away; invoices that had it keep it. */
export function endCustomerDiscount(plan: Plan, id: string): void {
  const { discount } = plan.rows.get('customer', id);
  if (discount === null) throw new BillingError('resource_missing', `No active discount for customer: ${id}`, { param: 'id' });
  plan.patch('discount', discount, { deleted: true, endsAt: plan.now });
  plan.patch('customer', id, { discount: null });
  plan.emit('customer.discount.deleted', 'discount', discount);
}

function requireOwnPaymentMethod(plan: Plan, customer: string, id: string | null): void {
  if (id === null || plan.rows.find('paymentMethod', id)?.customer === customer) return;
  throw new BillingError(
    'resource_missing',
    `No such PaymentMethod: '${id}'. The customer does not have a payment method with this ID; it must be attached to the customer first.`,
    { param: 'invoice_settings[default_payment_method]' },
  );
}

/** A number that was given to an invoice is never given again. */
function requireLaterSequence(customer: Customer, next: number): void {
  if (next >= customer.nextInvoiceSequence) return;
  throw new BillingError('parameter_invalid', `Invalid next_invoice_sequence: must be at least ${String(customer.nextInvoiceSequence)}.`, {
    param: 'next_invoice_sequence',
  });
}

/** Eight letters and digits before the customer's invoice numbers. */
function madeUpPrefix(plan: Plan): string {
  const [, text = ''] = plan.context.newId('prefix', 0).split('_');
  return text.slice(0, 8).toUpperCase();
}
