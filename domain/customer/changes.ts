/**
 * Creates, updates and deletes customers. A change that matters to their workflows wakes them: a new card makes dunning retry at once, a
 * deleted customer's subscriptions end. A balance of -500 is 500 of credit, which the books owe to the customer.
 */
import { wakeForCard, wakeTrials } from './cards';
import { endMandate } from './mandates';
import { assertBalance, balanceIn, putBalanceTransaction } from './balance';
import type { Consolidation, Customer, CustomerInvoiceSettings, RenderingOptions } from '../rows/customer';
import { putDiscount, redeemableCoupon } from '../discount/requests';
import { BillingError } from '../core/errors';
import { requireBilledHere } from '../core/fence';
import { omitUndefined } from '../core/omit-undefined';
import type { Invoice } from '../rows/invoice';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import { redeemableCode } from '../discount/promotion-code-redemption';
import type { Metadata } from '../rows/resource';
import { announceLostSource } from './source-events';

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
    | 'taxIpAddress'
    | 'nextInvoiceSequence'
    | 'invoicePrefix'
    | 'billedBy'
  >
> {
  /** For a new customer: the source that the caller attaches to it next. */
  defaultSource?: string | undefined;
  /** The new balance, minor units. */
  balance?: number | undefined;
  invoiceSettings?: InvoiceSettingsChange | undefined;
  metadata?: Metadata | null | undefined;
}

/** What is absent stays, also within the rendering options. */
export type InvoiceSettingsChange = Partial<Omit<CustomerInvoiceSettings, 'rendering_options' | 'consolidation'>> & {
  /** Null: the account's. */
  consolidation?: Consolidation | null | undefined;
  rendering_options?: { [K in keyof RenderingOptions]?: RenderingOptions[K] | undefined } | null | undefined;
};

const NO_SETTINGS: CustomerInvoiceSettings = { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null };

/** Puts a customer and emits its event. The account is among the rows, because an initial balance is in its currency. */
export function createCustomer(
  changes: ChangeSet,
  { balance, invoiceSettings, metadata, ...details }: CustomerChange,
  testClock: string | null,
): Customer {
  const resource = changes.resource('cus');
  const customer = changes.put('customer', {
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
    invoicePrefix: madeUpPrefix(changes),
    nextInvoiceSequence: 1,
    invoiceSettings: settingsAfter(NO_SETTINGS, invoiceSettings),
    preferredLocales: [],
    taxExempt: 'none',
    taxIpAddress: null,
    defaultSource: null,
    discount: null,
    billedBy: 'dunlin',
    ...omitUndefined(details),
    metadata: mergeMetadata({}, metadata),
  });
  if (balance !== undefined && balance !== 0) adjustBalance(changes, customer.id, { amount: balance, type: 'initial' });
  changes.emit('customer.created', 'customer', customer.id);
  return changes.rows.get('customer', customer.id);
}

function settingsAfter(before: CustomerInvoiceSettings, change: InvoiceSettingsChange = {}): CustomerInvoiceSettings {
  const { rendering_options: chosen, consolidation = before.consolidation, ...others } = change;
  const settings = { ...before, ...others, consolidation: consolidation ?? undefined };
  return chosen === undefined ? settings : { ...settings, rendering_options: optionsAfter(before.rendering_options, chosen) };
}

function optionsAfter(
  before: RenderingOptions | null,
  chosen: NonNullable<InvoiceSettingsChange['rendering_options']> | null,
): RenderingOptions | null {
  const { amount_tax_display: display = null, template = null } = { ...before, ...omitUndefined(chosen ?? {}) };
  return chosen === null || (display === null && template === null) ? null : { amount_tax_display: display, template };
}

/** Changes the given fields. A new default payment method must belong to the customer. */
export function updateCustomer(
  changes: ChangeSet,
  id: string,
  { balance, invoiceSettings, metadata, ...details }: Omit<CustomerChange, 'defaultSource'>,
): void {
  const customer = changes.rows.get('customer', id);
  const settings = settingsAfter(customer.invoiceSettings, invoiceSettings);
  if (settings.default_payment_method !== customer.invoiceSettings.default_payment_method) {
    requireOwnPaymentMethod(changes, id, settings.default_payment_method);
    wakeForCard(changes, id);
  }
  if (details.email !== undefined || details.address !== undefined) wakeTrials(changes, id);
  if (details.nextInvoiceSequence !== undefined) requireLaterSequence(customer, details.nextInvoiceSequence);
  changes.patch('customer', id, {
    ...omitUndefined(details),
    invoiceSettings: settings,
    metadata: mergeMetadata(customer.metadata, metadata),
  });
  if (balance !== undefined && balance !== customer.balance) {
    adjustBalance(changes, id, { amount: balance - customer.balance, type: 'adjustment' });
  }
  changes.emitUpdated('customer.updated', 'customer', id);
}

/**
 * Marks the customer deleted: its subscriptions end, its drafts and open invoices are no longer collected, its cards are detached, and no
 * credit is bought. Past invoices stay in the books.
 */
export function deleteCustomer(changes: ChangeSet, id: string): void {
  changes.patch('customer', id, { deleted: true });
  takeCards(changes, id);
  for (const { id: invoice, customer } of changes.rows.where('invoice', isAdvancing)) changes.wake('invoice', invoice, { customer });
  for (const subscription of changes.rows.all('subscription')) changes.wake('subscription', subscription.id, subscription);
  for (const topUp of changes.rows.where('creditTopUp', (each) => !each.deleted)) {
    changes.patch('creditTopUp', topUp.id, { deleted: true, updated: changes.now });
    changes.emit('billing.credit_top_up.deleted', 'creditTopUp', topUp.id);
  }
  wakeForCard(changes, id);
  changes.emit('customer.deleted', 'customer', id);
}

/**
 * Invoices with automatic steps ahead, which must notice that their customer is deleted. Those of a subscription or a dunning stop with it.
 */
const isAdvancing = ({ autoAdvance, status, subscription }: Invoice): boolean =>
  autoAdvance && subscription === null && (status === 'draft' || status === 'open');

function takeCards(changes: ChangeSet, id: string): void {
  for (const method of changes.rows.where('paymentMethod', ({ customer }) => customer === id)) {
    announceLostSource(changes, method.id);
    endMandate(changes, method.mandate);
    changes.patch('paymentMethod', method.id, { customer: null });
    changes.emitUpdated('payment_method.detached', 'paymentMethod', method.id);
  }
  const { invoiceSettings } = changes.rows.get('customer', id);
  changes.patch('customer', id, { invoiceSettings: { ...invoiceSettings, default_payment_method: null }, defaultSource: null });
}

/**
 * A manual change of a balance (in the customer's own currency, unless another is named). Credit is owed to the customer, debt by the
 * customer.
 *
 * @throws BillingError customer_billed_elsewhere if a caller asks, and another system bills the customer
 */
export function adjustBalance(
  changes: ChangeSet,
  id: string,
  change: { amount: number; type: 'initial' | 'adjustment'; currency?: string; description?: string | null; metadata?: Metadata },
): string {
  const customer = changes.rows.get('customer', id);
  if (changes.context.request !== null) requireBilledHere(changes, customer);
  const { currency = customer.currency ?? changes.rows.get('account', changes.context.account).defaultCurrency } = change;
  assertBalance(balanceIn(customer, currency) + change.amount, 'amount');
  const transaction = putBalanceTransaction(changes, id, { ...change, currency });
  changes.post('customer_balance_adjustment', transaction.id, id, [
    { ledgerAccount: 'customer_balance', amount: change.amount, currency, invoice: null },
    { ledgerAccount: 'adjustments', amount: -change.amount, currency, invoice: null },
  ]);
  return transaction.id;
}

/**
 * Gives the customer the discount of a coupon or of a promotion code, which replaces an earlier one.
 *
 * @throws BillingError resource_missing, coupon_expired, promotion_code_customer_not_first_time, parameter_invalid
 */
export function startCustomerDiscount(changes: ChangeSet, id: string, params: { coupon: string } | { promotionCode: string }): void {
  const code = 'promotionCode' in params ? params.promotionCode : null;
  const coupon =
    'coupon' in params
      ? redeemableCoupon(changes, params.coupon, 'coupon')
      : redeemableCode(changes, params.promotionCode, { customer: id, purchase: undefined, param: 'promotion_code' }).coupon;
  const before = changes.rows.find('discount', changes.rows.get('customer', id).discount);
  const discount = putDiscount(changes, coupon, code, { customer: id });
  changes.patch('customer', id, { discount: discount.id });
  if (before) changes.patch('discount', before.id, { deleted: true, endsAt: changes.now });
  if (before) changes.emitReplaced('customer.discount.updated', 'discount', before.id, discount.id);
  else changes.emit('customer.discount.created', 'discount', discount.id);
}

/** Removes the customer's discount; invoices that had it keep it. */
export function endCustomerDiscount(changes: ChangeSet, id: string): void {
  const { discount } = changes.rows.get('customer', id);
  if (discount === null) throw new BillingError('resource_missing', `No active discount for customer: ${id}`, { param: 'id' });
  changes.patch('discount', discount, { deleted: true, endsAt: changes.now });
  changes.patch('customer', id, { discount: null });
  changes.emit('customer.discount.deleted', 'discount', discount);
}

function requireOwnPaymentMethod(changes: ChangeSet, customer: string, id: string | null): void {
  if (id === null || changes.rows.find('paymentMethod', id)?.customer === customer) return;
  throw new BillingError(
    'resource_missing',
    `No such PaymentMethod: '${id}'. The customer does not have a payment method with this ID; it must be attached to the customer first.`,
    { param: 'invoice_settings[default_payment_method]' },
  );
}

/** A number that an invoice has used is never used again. */
function requireLaterSequence(customer: Customer, next: number): void {
  if (next >= customer.nextInvoiceSequence) return;
  throw new BillingError('parameter_invalid', `Invalid next_invoice_sequence: must be at least ${String(customer.nextInvoiceSequence)}.`, {
    param: 'next_invoice_sequence',
  });
}

/** The prefix of the customer's invoice numbers: eight letters and digits. */
export function madeUpPrefix(changes: ChangeSet): string {
  const [, text = ''] = changes.context.newId('prefix', 0).split('_');
  return text.slice(0, 8).toUpperCase();
}
