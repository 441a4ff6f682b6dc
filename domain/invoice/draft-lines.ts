/**
 * Edits the lines of a draft by hand. A line is an amount, or a price times a quantity. Behind each added line is an invoice item, which
 * can be removed and then wait for another invoice: 500 + 300, the second changed to 400, is 900.
 */
import { BillingError } from '../core/errors';
import { within } from '../price/inline-price';
import { assertDiscountsFit, lineContentOf, linesOf, putLine, recalculateInvoice } from '../line/draft';
import type { Invoice, InvoiceItem, InvoiceLineItem } from '../rows/invoice';
import type { LineParameters, RemovedLine } from './parameters';
import { assertPriced, BLANK_LINE, lineChange, otherCurrency } from './line-requests';
import { isShipping } from '../line/shipping';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import { assertDiscountsWithin, assertLinesWithin } from '../money/bounds';
import { sumOf } from '../money/money';
import type { Metadata } from '../rows/resource';

/**
 * @throws BillingError invoice_not_editable, too_many_items, resource_missing, currency_mismatch, parameters_exclusive, parameter_missing
 */
export function planAddLines(changes: ChangeSet, invoiceId: string, lines: LineParameters[], metadata?: Metadata | null): void {
  const invoice = draftOf(changes, invoiceId);
  const present = linesOf(changes.rows, invoiceId);
  assertLinesWithin(present.length + lines.length, 'lines');
  assertFewDiscounts(lines);
  const from = (present.at(-1)?.position ?? -1) + 1;
  eachLine(lines, (line, index) => {
    const item = line.invoice_item === undefined ? newItem(changes, invoice, line) : waitingItem(changes, invoice, line);
    putLine(changes, invoiceId, from + index, { content: lineContentOf(item), invoiceItem: item.id });
  });
  finish(changes, invoiceId, metadata);
}

/** @throws BillingError invoice_not_editable, resource_missing, currency_mismatch, parameters_exclusive */
export function planUpdateLines(changes: ChangeSet, invoiceId: string, lines: LineParameters[], metadata?: Metadata | null): void {
  const invoice = draftOf(changes, invoiceId);
  assertFewDiscounts(lines);
  eachLine(lines, (params) => {
    updateLine(changes, invoice, params);
  });
  finish(changes, invoiceId, metadata);
}

/** Updates one line; errors name its parameters without a list prefix. */
export function planUpdateLine(changes: ChangeSet, invoiceId: string, params: LineParameters): void {
  updateLine(changes, draftOf(changes, invoiceId), params);
  finish(changes, invoiceId, undefined);
}

/** @throws BillingError invoice_not_editable, resource_missing; parameter_invalid if no invoice item is behind the line */
export function planRemoveLines(changes: ChangeSet, invoiceId: string, lines: RemovedLine[], metadata?: Metadata | null): void {
  const invoice = draftOf(changes, invoiceId);
  eachLine(lines, ({ id, behavior }) => {
    const line = lineOf(changes, invoice, id);
    const item = changes.rows.find('invoiceItem', line.invoiceItem);
    if (behavior === 'unassign') {
      if (!item)
        throw new BillingError('parameter_invalid', `The line item ${id} belongs to a subscription and can only be deleted.`, {
          param: 'behavior',
        });
      changes.patch('invoiceItem', item.id, { invoice: null });
    } else if (item) {
      changes.patch('invoiceItem', item.id, { deleted: true, invoice: null });
      changes.emit('invoiceitem.deleted', 'invoiceItem', item.id);
    }
    changes.remove('invoiceLineItem', id);
  });
  finish(changes, invoiceId, metadata);
}

function draftOf(changes: ChangeSet, id: string): Invoice {
  const invoice = changes.rows.get('invoice', id);
  if (invoice.status === 'draft' && !invoice.deleted) return invoice;
  throw new BillingError('invoice_not_editable', `Lines can only be changed while an invoice is a draft; this one is ${invoice.status}.`);
}

function finish(changes: ChangeSet, invoiceId: string, metadata: Metadata | null | undefined): void {
  const { metadata: current } = changes.rows.get('invoice', invoiceId);
  changes.patch('invoice', invoiceId, { metadata: mergeMetadata(current, metadata) });
  assertDiscountsFit(changes.rows, invoiceId);
  recalculateInvoice(changes, invoiceId);
  changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
}

/** Counted before any of them is redeemed. */
function assertFewDiscounts(lines: LineParameters[]): void {
  assertDiscountsWithin(sumOf(lines.map(({ discounts }) => discounts?.length ?? 0)), 'lines');
}

/** Applies `change` to each line; errors name the line's place in the list. */
function eachLine<Line>(lines: Line[], change: (line: Line, index: number) => void): void {
  lines.forEach((line, index) => {
    try {
      change(line, index);
    } catch (error) {
      throw error instanceof BillingError ? within(`lines[${String(index)}]`, error) : error;
    }
  });
}

function newItem(changes: ChangeSet, invoice: Invoice, params: LineParameters): InvoiceItem {
  assertPriced(params);
  const resource = changes.resource('ii');
  const blank = {
    ...BLANK_LINE,
    currency: invoice.currency,
    subscription: invoice.subscription,
    periodStart: changes.now,
    periodEnd: changes.now,
  };
  const { customer, testClock, id } = invoice;
  const content = { ...blank, ...lineChange(changes, blank, params, resource.id) };
  const item = { ...resource, ...content, deleted: false, customer, testClock, invoice: id };
  changes.put('invoiceItem', item);
  changes.emit('invoiceitem.created', 'invoiceItem', item.id);
  return item;
}

function waitingItem(changes: ChangeSet, invoice: Invoice, params: LineParameters): InvoiceItem {
  const id = params.invoice_item as string;
  const item = changes.rows.find('invoiceItem', id);
  if (!item || item.deleted || item.customer !== invoice.customer || item.invoice !== null) {
    throw new BillingError('resource_missing', `No such invoiceitem: '${id}'. It must wait for an invoice of this customer.`, {
      param: 'invoice_item',
    });
  }
  if (item.currency !== invoice.currency) throw otherCurrency(item.currency, invoice.currency, 'invoice_item');
  return changes.patch('invoiceItem', id, { ...lineChange(changes, item, params, id), invoice: invoice.id });
}

function updateLine(changes: ChangeSet, invoice: Invoice, params: LineParameters): void {
  const line = lineOf(changes, invoice, params.id ?? '');
  const item = changes.rows.find('invoiceItem', line.invoiceItem);
  const change = lineChange(changes, line, params, item?.id ?? line.id);
  const { amount } = changes.patch('invoiceLineItem', line.id, change);
  changes.patch('invoiceLineItem', line.id, { subtotal: amount });
  if (item) changes.patch('invoiceItem', item.id, change);
}

function lineOf(changes: ChangeSet, invoice: Invoice, id: string): InvoiceLineItem {
  const line = changes.rows.find('invoiceLineItem', id);
  if (line?.invoice === invoice.id && !isShipping(line)) return line;
  throw new BillingError('resource_missing', `No such invoice line item: '${id}'`, { param: 'id' });
}
