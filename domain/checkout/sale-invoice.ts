/**
 * `invoice_creation`: the invoice of a sale. It is made hidden when the buyer confirms, and its intent is the session's. When that is paid, the
 * invoice is final, paid and visible. Another choice needs another invoice; the earlier one, which nobody has paid or seen, is removed.
 */
import { countWithTax } from '../invoice/tax';
import { putInvoiceIntent } from '../invoice/finalization';
import { revealInvoice } from '../invoice/reveal';
import { renderingAfter, renderingFor, wordingOf } from '../invoice-rules/wording';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import type { NewPaymentIntent } from '../payment/intents';
import type { CheckoutInvoiceData, CheckoutSession } from '../rows/checkout-session';
import type { Customer } from '../rows/customer';
import type { Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import { undoInvoice } from '../subscription/undone-creation';
import { draftSale } from './sale';

/** Whether an earlier attempt has made the invoice of exactly this sale. It has redeemed the discounts. */
export function isInvoiced({ rows }: ChangeSet, session: CheckoutSession): boolean {
  return session.mode === 'payment' && isWaiting(rows, session) && session.offer === offerOf(session);
}

/** Removes the invoice of an earlier attempt, and gives its redemptions back. */
export function releaseSaleInvoice(changes: ChangeSet, session: CheckoutSession): void {
  if (session.mode !== 'payment' || !isWaiting(changes.rows, session)) return;
  undoInvoice(changes, changes.rows.get('invoice', session.invoice ?? ''), 'abandoned');
  changes.patch('checkoutSession', session.id, { invoice: null, offer: null, paymentIntent: null });
}

const isWaiting = (rows: Rows, { invoice }: CheckoutSession): boolean => rows.find('invoice', invoice)?.hidden === true;

export function putSaleInvoice(changes: ChangeSet, session: CheckoutSession, data: CheckoutInvoiceData, intent: NewPaymentIntent): void {
  const invoice = changes.id('in');
  const customer = changes.rows.get('customer', session.customer ?? '');
  draftSale(changes, session, { invoice, customer: customer.id, hidden: true, own: writtenAs(changes.rows, customer, data) });
  // It is charged before it is final, so its tax must be known now.
  countWithTax(changes, invoice);
  const { id: paymentIntent } = putInvoiceIntent(changes, changes.rows.get('invoice', invoice), { ...intent, invoice });
  changes.patch('checkoutSession', session.id, { invoice, paymentIntent, offer: offerOf(session) });
}

/** What the seller has chosen for it, over what every invoice of the customer has. */
function writtenAs(rows: Rows, customer: Customer, data: CheckoutInvoiceData): Partial<Invoice> {
  const { account_tax_ids, custom_fields, description, footer, metadata, rendering_options } = data;
  const rendering = renderingAfter(rows, renderingFor(rows, customer), {
    amount_tax_display: rendering_options?.amount_tax_display ?? undefined,
    template: rendering_options?.template ?? undefined,
  });
  return {
    ...wordingOf(rows, customer, { description, footer, customFields: custom_fields }, rendering?.template ?? null),
    ...omitUndefined({ accountTaxIds: account_tax_ids ?? undefined }),
    metadata,
    rendering,
  };
}

/** The sale is paid, and so is its invoice. */
export function revealSaleInvoice(changes: ChangeSet, { mode, invoice }: CheckoutSession): void {
  if (mode === 'payment' && changes.rows.find('invoice', invoice)?.hidden === true) revealInvoice(changes, invoice ?? '');
}

/** What the buyer agrees to: other entries need another invoice. */
function offerOf({ lineItems, discounts, customer, customerDetails, shippingDetails, shippingRate }: CheckoutSession): string {
  const { address = null, tax_ids = [] } = customerDetails ?? {};
  return JSON.stringify({ lineItems, discounts, customer, address, tax_ids, shippingDetails, shippingRate });
}
