/**
 * A rule buys credit on its own invoice, charged at once. The invoice has no discounts and no other lines. When it is paid, the credit
 * becomes one grant (`credit-purchase-settlement.ts`).
 */
import { monthOf, priceOfTopUp, type CreditTerms, type CreditTopUp } from '../rows/credit-top-up';
import { quantityOf, spentIn } from './due-purchases';
import { amountInWords } from '../money/currency';
import type { Invoice, InvoiceItem } from '../rows/invoice';
import { draftInvoice } from '../line/draft';
import type { ChangeSet } from '../core/change-set';

/** Does nothing if enough credit is left by now, or the month's limit is reached. */
export function topUpCredits(changes: ChangeSet, id: string): void {
  const topUp = changes.rows.get('creditTopUp', id);
  const quantity = quantityOf(changes.rows, topUp, changes.now);
  if (quantity === 0) return;
  const [amount, unitAmount] = [quantity * topUp.amount, quantity * priceOfTopUp(topUp)];
  const invoice = draftPurchase(changes, topUp, quantity);
  const { customer, purchases } = topUp;
  const purchase = { creditTopUp: id, number: purchases, customer, invoice: invoice.id, unitAmount, creditGrant: null };
  changes.put('creditPurchase', { ...changes.resource('credpur'), ...termsOf(topUp), ...purchase, amount, status: 'pending' });
  const monthStart = monthOf(changes.now);
  const monthSpent = spentIn(topUp, monthStart) + unitAmount;
  changes.patch('creditTopUp', id, { purchases: purchases + 1, monthStart, monthSpent, pendingInvoice: invoice.id });
  changes.wake('invoice', invoice.id, { customer });
  changes.outcome = `${id}: ${amountInWords(unitAmount, topUp.currency)} on ${invoice.id}`;
}

/** Emits `limit_reached`, once a month. */
export function holdTopUp(changes: ChangeSet, id: string): void {
  const { monthlyLimit, currency } = changes.patch('creditTopUp', id, { heldMonth: monthOf(changes.now) });
  changes.emit('billing.credit_top_up.limit_reached', 'creditTopUp', id);
  changes.outcome = `${id}: the limit of ${amountInWords(monthlyLimit, currency)} a month is reached`;
}

function termsOf({ currency, amount, name, priority, prices, expiresAfterDays }: CreditTerms): CreditTerms {
  return { currency, amount, name, priority, prices, expiresAfterDays };
}

/** A draft that its workflow finalizes and charges at once. */
function draftPurchase(changes: ChangeSet, topUp: CreditTopUp, quantity: number): Invoice {
  const { currency, defaultPaymentMethod, defaultTaxRates, id } = topUp;
  return draftInvoice(changes, {
    customer: changes.rows.get('customer', topUp.customer),
    subscription: null,
    currency,
    billingReason: 'manual',
    collectionMethod: 'charge_automatically',
    daysUntilDue: null,
    autoAdvance: true,
    automaticallyFinalizesAt: changes.now,
    period: { start: changes.now, end: changes.now },
    lines: [],
    items: [putItem(changes, topUp, quantity)],
    discounts: [],
    defaultTaxRates,
    changes: { defaultPaymentMethod, metadata: { credit_top_up: id } },
  });
}

function putItem(changes: ChangeSet, topUp: CreditTopUp, quantity: number): InvoiceItem {
  const { currency, customer, testClock, name, id } = topUp;
  const price = priceOfTopUp(topUp);
  const item = changes.put('invoiceItem', {
    ...changes.resource('ii'),
    ...{ amount: quantity * price, currency, quantity, unitAmountDecimal: String(price), description: name ?? 'Prepaid credit' },
    ...{ discountable: false, discounts: [], taxRates: [], taxBehavior: null, taxCode: null, price: null, product: null, basis: null },
    ...{ proration: false, prorationDetails: null, periodStart: changes.now, periodEnd: changes.now, metadata: { credit_top_up: id } },
    ...{ deleted: false, customer, testClock, invoice: null, subscription: null, subscriptionItem: null },
  });
  changes.emit('invoiceitem.created', 'invoiceItem', item.id);
  return item;
}
