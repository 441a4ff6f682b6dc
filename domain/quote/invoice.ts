/** The invoice of a quote without recurring prices: a draft that stays one until a caller finalizes it. */
import { wordingOf } from '../invoice-rules/wording';
import type { Customer } from '../rows/customer';
import { requestedDiscounts } from '../discount/requests';
import type { InvoiceItem } from '../rows/invoice';
import { discountsAt, draftInvoice } from '../line/draft';
import { sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import { isOfferedIn } from '../rows/price';
import type { Quote } from '../rows/quote';
import { requireTaxable, requireTaxPlace } from '../subscription/automatic-tax';
import { automaticTaxOf, linesOfType, type AskFor } from './terms';
import { invoiceItemLines } from '../subscription-item/subscription-first-invoice';

/** @throws BillingError as `add_invoice_items` of a subscription does for its prices and discounts */
export function draftQuoted(changes: ChangeSet, quote: Quote, of: { invoice: string; customer: string; ask: AskFor }): void {
  const customer = changes.rows.get('customer', of.customer);
  const currency = currencyOf(changes, quote, customer);
  const { enabled: automaticTax } = automaticTaxOf(quote);
  if (automaticTax) {
    const rates = [...quote.defaultTaxRates, ...quote.lineItems.flatMap((line) => line.tax_rates)];
    requireTaxable(changes, { prices: quote.lineItems.map(({ price }) => price), rates });
    requireTaxPlace(changes, customer.id, []);
  }
  const items = putItems(changes, quote, customer, { currency, ask: of.ask });
  const { collectionMethod, invoiceSettings: settings } = quote;
  const amount = sumOf(items.map((item) => item.amount));
  const params = of.ask(quote.discounts);
  draftInvoice(changes, {
    customer,
    subscription: null,
    currency,
    billingReason: 'quote_accept',
    collectionMethod,
    daysUntilDue: collectionMethod === 'send_invoice' ? settings.days_until_due : null,
    autoAdvance: false,
    automaticallyFinalizesAt: null,
    period: { start: changes.now, end: changes.now },
    lines: [],
    items,
    discounts:
      params.length > 0
        ? requestedDiscounts(changes, params, { invoice: of.invoice, customer: customer.id }, { purchase: { amount, currency } })
        : discountsAt(changes.rows, customer, null, changes.now),
    defaultTaxRates: quote.defaultTaxRates,
    automaticTax,
    changes: {
      id: of.invoice,
      quote: quote.id,
      ...wordingOf(changes.rows, customer, {
        description: settings.description,
        footer: settings.footer,
        customFields: settings.custom_fields,
      }),
    },
  });
}

/** The customer's currency, if every price is offered in it; otherwise that of the first price. */
function currencyOf(changes: ChangeSet, { currency, lineItems }: Quote, customer: Customer): string {
  if (currency !== null) return currency;
  const prices = lineItems.map(({ price }) => changes.rows.get('price', price));
  const offered = customer.currency !== null && prices.every((price) => isOfferedIn(price, customer.currency));
  return offered ? (customer.currency as string) : (prices[0]?.currency as string);
}

/** Puts an invoice item behind each line, so that the draft can be edited. */
function putItems(changes: ChangeSet, quote: Quote, customer: Customer, of: { currency: string; ask: AskFor }): InvoiceItem[] {
  const lines = linesOfType(quote, 'one_time');
  const params = lines.map(({ price, quantity, tax_rates }) => ({ price, quantity: quantity ?? 1, tax_rates }));
  const contents = invoiceItemLines(changes, params, { id: '', currency: of.currency });
  return contents.map((content, index) => {
    const resource = changes.resource('ii');
    const discounts = of.ask(lines[index]?.discounts ?? []);
    const param = `add_invoice_items[${String(index)}][discounts]`;
    const item = changes.put('invoiceItem', {
      ...resource,
      ...content,
      quantity: content.quantity ?? 1,
      subscription: null,
      discounts: requestedDiscounts(
        changes,
        discounts,
        { invoiceItem: resource.id, customer: customer.id },
        { param, currency: of.currency },
      ),
      deleted: false,
      customer: customer.id,
      testClock: customer.testClock,
      invoice: null,
    });
    changes.emit('invoiceitem.created', 'invoiceItem', item.id);
    return item;
  });
}
