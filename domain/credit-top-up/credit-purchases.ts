/**
 * Buying credit by a rule: an invoice of its own, charged at once. It has no discounts and takes nothing else along. The credit is
 * one grant, when it is paid (`credit-purchase-settlement.ts`).
 */
import { monthOf, priceOfTopUp, type CreditTerms, type CreditTopUp } from '../rows/credit-top-up';
import { quantityOf, spentIn } from './standing';
import { formatAmount } from '../money/currency';
import type { Invoice, InvoiceItem } from '../rows/invoice';
import { draftInvoice } from '../line/draft';
import type { Plan } from '../core/change-set';

/** Does nothing where, by now, enough is left or the month's limit is reached. */
export function topUpCredits(plan: Plan, id: string): void {
  const topUp = plan.rows.get('creditTopUp', id);
  const quantity = quantityOf(plan.rows, topUp, plan.now);
  if (quantity === 0) return;
  const [amount, unitAmount] = [quantity * topUp.amount, quantity * priceOfTopUp(topUp)];
  const invoice = draftPurchase(plan, topUp, quantity);
  const { customer, purchases } = topUp;
  const purchase = { creditTopUp: id, number: purchases, customer, invoice: invoice.id, unitAmount, creditGrant: null };
  plan.put('creditPurchase', { ...plan.resource('credpur'), ...termsOf(topUp), ...purchase, amount, status: 'pending' });
  const monthStart = monthOf(plan.now);
  const monthSpent = spentIn(topUp, monthStart) + unitAmount;
  plan.patch('creditTopUp', id, { purchases: purchases + 1, monthStart, monthSpent, pendingInvoice: invoice.id });
  plan.wake('invoice', invoice.id, { customer });
  plan.outcome = `${id}: ${formatAmount(unitAmount, topUp.currency)} on ${invoice.id}`;
}

/** Tells once a month that its limit holds it back. */
export function holdTopUp(plan: Plan, id: string): void {
  const { monthlyLimit, currency } = plan.patch('creditTopUp', id, { heldMonth: monthOf(plan.now) });
  plan.emit('billing.credit_top_up.limit_reached', 'creditTopUp', id);
  plan.outcome = `${id}: the limit of ${formatAmount(monthlyLimit, currency)} a month is reached`;
}

function termsOf({ currency, amount, name, priority, prices, expiresAfterDays }: CreditTerms): CreditTerms {
  return { currency, amount, name, priority, prices, expiresAfterDays };
}

/** A draft that is final, and charged, as soon as its workflow looks. */
function draftPurchase(plan: Plan, topUp: CreditTopUp, quantity: number): Invoice {
  const { currency, defaultPaymentMethod, defaultTaxRates, id } = topUp;
  return draftInvoice(plan, {
    customer: plan.rows.get('customer', topUp.customer),
    subscription: null,
    currency,
    billingReason: 'manual',
    collectionMethod: 'charge_automatically',
    daysUntilDue: null,
    autoAdvance: true,
    automaticallyFinalizesAt: plan.now,
    period: { start: plan.now, end: plan.now },
    lines: [],
    items: [putItem(plan, topUp, quantity)],
    discounts: [],
    defaultTaxRates,
    changes: { defaultPaymentMethod, metadata: { credit_top_up: id } },
  });
}

function putItem(plan: Plan, topUp: CreditTopUp, quantity: number): InvoiceItem {
  const { currency, customer, testClock, name, id } = topUp;
  const price = priceOfTopUp(topUp);
  const item = plan.put('invoiceItem', {
    ...plan.resource('ii'),
    ...{ amount: quantity * price, currency, quantity, unitAmountDecimal: String(price), description: name ?? 'Prepaid credit' },
    ...{ discountable: false, discounts: [], taxRates: [], taxBehavior: null, price: null, product: null, basis: null },
    ...{ proration: false, prorationDetails: null, periodStart: plan.now, periodEnd: plan.now, metadata: { credit_top_up: id } },
    ...{ deleted: false, customer, testClock, invoice: null, subscription: null, subscriptionItem: null },
  });
  plan.emit('invoiceitem.created', 'invoiceItem', item.id);
  return item;
}
