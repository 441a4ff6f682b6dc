/**
 * The amounts of a session: what the buyer would pay now. The completion is planned by the planner that will carry it out, and discarded.
 * 1000 a month and 500 once, with 20% off: 1200.
 */
import { createCustomer } from '../customer/changes';
import { BillingError } from '../core/errors';
import { ChangeSet } from '../core/change-set';
import { amountAfterCredits } from '../line/credits';
import { linesOf } from '../line/draft';
import { isShipping } from '../line/shipping';
import { sumOf } from '../money/money';
import type { CheckoutAmounts, CheckoutLine, CheckoutSession } from '../rows/checkout-session';
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import { isMetered } from '../rows/price';
import { workflowId } from '../rows/workflow';
import { createSubscription } from '../subscription/creation';
import { taxProviderOf } from '../tax/provider';
import { addTaxIds, changeOfCustomer } from './buyer';
import { asOffered } from './refusals';
import { draftSale } from './sale';
import { linesOfType, subscriptionTerms } from './terms';

type LineAmounts = Pick<CheckoutLine, 'discount' | 'subtotal' | 'tax' | 'total'>;
type Priced = Pick<CheckoutSession, 'amounts' | 'currency' | 'lineItems' | 'taxProvider' | 'taxStatus'>;

const NO_AMOUNT: LineAmounts = { subtotal: 0, discount: 0, tax: 0, total: 0 };
export const NO_AMOUNTS: CheckoutAmounts = { ...NO_AMOUNT, shipping: 0, shipping_tax: 0, shipping_total: 0, due: 0 };

/** @throws BillingError as the completion does, with the session's own parameters */
export function priceSession(changes: ChangeSet, session: CheckoutSession): Priced {
  const { lineItems, currency } = session;
  if (session.mode === 'setup') return { amounts: NO_AMOUNTS, currency, lineItems, taxProvider: null, taxStatus: null };
  const { invoice, byLine, shipping } = asOffered(session, () => tryOut(changes, session));
  return {
    amounts: amountsOf(invoice, session, shipping),
    currency: invoice.currency,
    lineItems: lineItems.map((line) => ({ ...line, ...NO_AMOUNT, ...byLine.get(line.id) })),
    taxProvider: session.settings.automatic_tax ? taxProviderOf(changes.rows, session) : null,
    taxStatus: session.settings.automatic_tax
      ? invoice.automaticTax.status === 'complete'
        ? 'complete'
        : 'requires_location_inputs'
      : null,
  };
}

/** Priced with the discounts, or without them if they are not for this purchase. */
export function pricedWith(changes: ChangeSet, session: CheckoutSession, discounts: CheckoutSession['discounts']): CheckoutSession {
  const reduced = { ...session, discounts };
  try {
    return { ...reduced, ...priceSession(changes, reduced) };
  } catch (error) {
    if (discounts.length > 0 && error instanceof BillingError && error.code !== 'taxes_calculation_failed')
      return pricedWith(changes, session, []);
    throw error;
  }
}

interface Tried {
  invoice: Invoice;
  byLine: Map<string, LineAmounts>;
  shipping: LineAmounts;
}

/** The first invoice, or the sale's, in a throwaway change set. */
function tryOut(changes: ChangeSet, session: CheckoutSession): Tried {
  const trial = trialOf(changes);
  const customer = buyerOf(trial, session);
  const before = new Set(trial.rows.all('invoice').map(({ id }) => id));
  if (session.mode === 'payment') draftSale(trial, session, { invoice: trial.id('in'), customer });
  else subscribe(trial, session, customer);
  changes.saleQuestions.push(...trial.saleQuestions);
  const invoice = trial.rows.all('invoice').find(({ id }) => !before.has(id)) as Invoice;
  const lines = linesOf(trial.rows, invoice.id);
  const delivery = lines.find(isShipping);
  return { invoice, byLine: byLineOf(trial, session, lines), shipping: delivery ? lineAmounts(delivery) : NO_AMOUNT };
}

/** Its ids must only differ from those of `changes`. */
function trialOf(changes: ChangeSet): ChangeSet {
  const { newId } = changes.context;
  return new ChangeSet(changes.rows, { ...changes.context, preview: true, newId: (prefix, ordinal) => newId(`tried_${prefix}`, ordinal) });
}

/** The customer, or somebody at the address and with the tax id that the buyer has given so far. */
function buyerOf(trial: ChangeSet, session: CheckoutSession): string {
  const { customer, customerDetails: details, shippingDetails: shipping } = session;
  if (customer !== null) trial.patch('customer', customer, changeOfCustomer(trial.rows.get('customer', customer), session));
  const given = { ...(details?.address ? { address: details.address } : {}), ...(shipping ? { shipping } : {}) };
  const id = customer ?? createCustomer(trial, given, null).id;
  addTaxIds(trial, id, details);
  return id;
}

function subscribe(trial: ChangeSet, session: CheckoutSession, customer: string): void {
  const subject = trial.id('sub');
  const parameters = subscriptionTerms({ ...session, paymentMethod: null }, customer);
  createSubscription(trial, {
    parameters,
    subject,
    target: null,
    at: trial.now,
    answer: null,
    workflow: workflowId('subscription', subject),
    customer,
  });
}

/** Recurring lines are billed as items, in their order. Metered ones are not on a first invoice. */
function byLineOf({ rows }: ChangeSet, session: CheckoutSession, lines: InvoiceLineItem[]): Map<string, LineAmounts> {
  const sold = linesOfType(session, 'one_time');
  const licensed = linesOfType(session, 'recurring').filter(({ price }) => !isMetered(rows.get('price', price)));
  const items = lines.filter((line) => line.subscriptionItem !== null);
  const prices = new Set(sold.map(({ price }) => price));
  const extras = lines.filter((line) => line.subscriptionItem === null && prices.has(line.price ?? '')).slice(-sold.length);
  const pair = (offered: CheckoutLine[], billed: InvoiceLineItem[]) =>
    offered.flatMap((line, index) => {
      const found = billed[index];
      return found ? [[line.id, lineAmounts(found)] as const] : [];
    });
  return new Map([...pair(licensed, items), ...(sold.length > 0 ? pair(sold, extras) : [])]);
}

function lineAmounts(line: InvoiceLineItem): LineAmounts {
  const exclusive = line.taxes.filter((tax) => tax.tax_behavior === 'exclusive');
  return {
    subtotal: line.amount,
    discount: sumOf(line.discountAmounts.map(({ amount }) => amount)),
    tax: sumOf(line.taxes.map(({ amount }) => amount)),
    total: amountAfterCredits(line) + sumOf(exclusive.map(({ amount }) => amount)),
  };
}

/** A sale has no invoice, so the customer's balance does not count for it. */
function amountsOf({ subtotal, total, amountDue, ...of }: Invoice, { mode }: CheckoutSession, shipping: LineAmounts): CheckoutAmounts {
  const sum = (parts: { amount: number }[]) => sumOf(parts.map(({ amount }) => amount));
  const due = mode === 'payment' ? total : amountDue;
  return {
    subtotal: subtotal - shipping.subtotal,
    discount: sum(of.totalDiscountAmounts),
    tax: sum(of.totalTaxes),
    shipping: shipping.subtotal,
    shipping_tax: shipping.tax,
    shipping_total: shipping.total,
    total,
    due,
  };
}
