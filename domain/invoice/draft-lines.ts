/**
 * Editing the lines of a draft by hand. A line is an amount, or a price times a quantity, and behind each that was added is an
 * invoice item, which can be taken off again and wait for another invoice: 500 + 300, the second changed to 400, is 900.
 */
import { BillingError } from '../core/errors';
import { within } from '../price/inline-price';
import { lineContentOf, linesOf, putLine, recalculateInvoice } from '../line/draft';
import type { Invoice, InvoiceItem, InvoiceLineItem } from '../rows/invoice';
import type { LineParameters, RemovedLine } from './parameters';
import { assertPriced, BLANK_LINE, lineChange, otherCurrency } from './line-requests';
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import { LIMITS } from '../core/limits';

/** Throws invoice_not_editable, too_many_items, resource_missing, currency_mismatch, parameters_exclusive, parameter_missing. */
export function planAddLines(plan: Plan, invoiceId: string, lines: LineParameters[], metadata?: Metadata | null): void {
  const invoice = draftOf(plan, invoiceId);
  const present = linesOf(plan.rows, invoiceId);
  if (present.length + lines.length > LIMITS.invoiceLines.max) {
    throw new BillingError('too_many_items', `An invoice can have at most ${String(LIMITS.invoiceLines.max)} lines.`, { param: 'lines' });
  }
  const from = (present.at(-1)?.position ?? -1) + 1;
  eachLine(lines, (line, index) => {
    const item = line.invoice_item === undefined ? newItem(plan, invoice, line) : waitingItem(plan, invoice, line);
    putLine(plan, invoiceId, from + index, { content: lineContentOf(item), invoiceItem: item.id });
  });
  finish(plan, invoiceId, metadata);
}

/** Throws invoice_not_editable, resource_missing, currency_mismatch, parameters_exclusive. */
export function planUpdateLines(plan: Plan, invoiceId: string, lines: LineParameters[], metadata?: Metadata | null): void {
  const invoice = draftOf(plan, invoiceId);
  eachLine(lines, (asked) => {
    updateLine(plan, invoice, asked);
  });
  finish(plan, invoiceId, metadata);
}

/** One line by itself: what is wrong with it is told under the parameter's own name. */
export function planUpdateLine(plan: Plan, invoiceId: string, asked: LineParameters): void {
  updateLine(plan, draftOf(plan, invoiceId), asked);
  finish(plan, invoiceId, undefined);
}

/** Throws invoice_not_editable, resource_missing, and parameter_invalid where no invoice item is behind the line. */
export function planRemoveLines(plan: Plan, invoiceId: string, lines: RemovedLine[], metadata?: Metadata | null): void {
  const invoice = draftOf(plan, invoiceId);
  eachLine(lines, ({ id, behavior }) => {
    const line = lineOf(plan, invoice, id);
    const item = plan.rows.find('invoiceItem', line.invoiceItem);
    if (behavior === 'unassign') {
      if (!item)
        throw new BillingError('parameter_invalid', `The line item ${id} belongs to a subscription and can only be deleted.`, {
          param: 'behavior',
        });
      plan.patch('invoiceItem', item.id, { invoice: null });
    } else if (item) {
      plan.patch('invoiceItem', item.id, { deleted: true, invoice: null });
      plan.emit('invoiceitem.deleted', 'invoiceItem', item.id);
    }
    plan.remove('invoiceLineItem', id);
  });
  finish(plan, invoiceId, metadata);
}

function draftOf(plan: Plan, id: string): Invoice {
  const invoice = plan.rows.get('invoice', id);
  if (invoice.status === 'draft' && !invoice.deleted) return invoice;
  throw new BillingError('invoice_not_editable', `Lines can only be changed while an invoice is a draft; this one is ${invoice.status}.`);
}

function finish(plan: Plan, invoiceId: string, metadata: Metadata | null | undefined): void {
  const { metadata: current } = plan.rows.get('invoice', invoiceId);
  plan.patch('invoice', invoiceId, { metadata: mergeMetadata(current, metadata) });
  recalculateInvoice(plan, invoiceId);
  plan.emitUpdated('invoice.updated', 'invoice', invoiceId);
}

/** What is wrong with one of them is told under its place in the list. */
function eachLine<Line>(lines: Line[], change: (line: Line, index: number) => void): void {
  lines.forEach((line, index) => {
    try {
      change(line, index);
    } catch (error) {
      throw error instanceof BillingError ? within(`lines[${String(index)}]`, error) : error;
    }
  });
}

function newItem(plan: Plan, invoice: Invoice, asked: LineParameters): InvoiceItem {
  assertPriced(asked);
  const resource = plan.resource('ii');
  const blank = {
    ...BLANK_LINE,
    currency: invoice.currency,
    subscription: invoice.subscription,
    periodStart: plan.now,
    periodEnd: plan.now,
  };
  const { customer, testClock, id } = invoice;
  const content = { ...blank, ...lineChange(plan, blank, asked, resource.id) };
  const item = { ...resource, ...content, deleted: false, customer, testClock, invoice: id };
  plan.put('invoiceItem', item);
  plan.emit('invoiceitem.created', 'invoiceItem', item.id);
  return item;
}

function waitingItem(plan: Plan, invoice: Invoice, asked: LineParameters): InvoiceItem {
  const id = asked.invoice_item as string;
  const item = plan.rows.find('invoiceItem', id);
  if (!item || item.deleted || item.customer !== invoice.customer || item.invoice !== null) {
    throw new BillingError('resource_missing', `No such invoiceitem: '${id}'. It must wait for an invoice of this customer.`, {
      param: 'invoice_item',
    });
  }
  if (item.currency !== invoice.currency) throw otherCurrency(item.currency, invoice.currency, 'invoice_item');
  return plan.patch('invoiceItem', id, { ...lineChange(plan, item, asked, id), invoice: invoice.id });
}

function updateLine(plan: Plan, invoice: Invoice, asked: LineParameters): void {
  const line = lineOf(plan, invoice, asked.id ?? '');
  const item = plan.rows.find('invoiceItem', line.invoiceItem);
  const change = lineChange(plan, line, asked, item?.id ?? line.id);
  const { amount } = plan.patch('invoiceLineItem', line.id, change);
  plan.patch('invoiceLineItem', line.id, { subtotal: amount });
  if (item) plan.patch('invoiceItem', item.id, change);
}

function lineOf(plan: Plan, invoice: Invoice, id: string): InvoiceLineItem {
  const line = plan.rows.find('invoiceLineItem', id);
  if (line?.invoice === invoice.id) return line;
  throw new BillingError('resource_missing', `No such invoice line item: '${id}'`, { param: 'id' });
}
