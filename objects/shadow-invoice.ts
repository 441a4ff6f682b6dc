import type { ComparedInvoice, ComparedLine, ShadowInvoice } from '../domain/rows/shadow-invoice';
import type { WireShadowInvoice } from './shapes/import';

export function toShadowInvoice(shadow: ShadowInvoice): WireShadowInvoice {
  const { id, created, currency, customer, cycleAt, differences, livemode, ours, status, subscription, theirs } = shadow;
  return {
    ...{ id, object: 'shadow_invoice', created, currency, customer, cycle_at: cycleAt },
    differences: differences.map(({ kind, line, ours: here, theirs: there }) => ({ kind, line, ours: here, theirs: there })),
    ...{ livemode, ours: invoiceOf(ours), status, subscription, theirs: invoiceOf(theirs) },
  };
}

function invoiceOf(invoice: ComparedInvoice | null): WireShadowInvoice['ours'] {
  if (invoice === null) return null;
  const { id, credit, discount, lines, subtotal, tax, total } = invoice;
  return { credit, discount, invoice: id, lines: lines.map(lineOf), subtotal, tax, total };
}

function lineOf({ amount, discount, item, periodEnd, periodStart, price, proration, quantity, tax }: ComparedLine) {
  return { amount, discount, item, period_end: periodEnd, period_start: periodStart, price, proration, quantity, tax };
}
