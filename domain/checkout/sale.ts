/** A sale as an invoice: the same discounts and taxes as on every invoice. Only with `invoice_creation` is it ever issued. */
import { BillingError } from '../core/errors';
import { requestedDiscounts } from '../discount/requests';
import { draftApart, draftInvoice } from '../line/draft';
import { sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { CheckoutSession } from '../rows/checkout-session';
import type { Invoice } from '../rows/invoice';
import { invoiceItemLines } from '../subscription-item/subscription-first-invoice';
import { shippingLine } from './shipping';
import { linesOfType } from './terms';

/** @throws BillingError parameter_invalid if nothing is bought, and as `add_invoice_items` of a subscription does for its prices and discounts */
export function draftSale(
  changes: ChangeSet,
  session: CheckoutSession,
  of: { invoice: string; customer: string; hidden?: boolean; own?: Partial<Invoice> },
): void {
  const customer = changes.rows.get('customer', of.customer);
  const sold = linesOfType(session, 'one_time');
  if (sold.length === 0) {
    throw new BillingError('parameter_invalid', 'At least one line item must have a quantity above zero.', { param: 'line_items' });
  }
  const currency = session.currency ?? changes.rows.get('price', sold[0]?.price ?? '').currency;
  const params = sold.map(({ price, quantity, tax_rates }) => ({ price, quantity: quantity ?? 1, tax_rates }));
  const lines = invoiceItemLines(changes, params, { id: '', currency }).map((line) => ({ ...line, subscription: null }));
  const shipping = shippingLine(changes, session, currency);
  const purchase = { amount: sumOf(lines.map(({ amount }) => amount)), currency };
  draftInvoice(changes, {
    ...draftApart(changes.now),
    customer,
    currency,
    autoAdvance: false,
    lines: [...lines, ...shipping],
    items: [],
    discounts: requestedDiscounts(changes, session.discounts, { invoice: of.invoice, customer: customer.id }, { purchase }),
    automaticTax: session.settings.automatic_tax,
    hidden: of.hidden ?? false,
    changes: { ...of.own, id: of.invoice },
  });
}
