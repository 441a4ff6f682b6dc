/** Drafts a revision of an invoice. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { refuseUnrevisable } from '../invoice/revising';
import { draftInvoice, lineContentOf, linesOf, recalculateInvoice } from '../line/draft';
import type { Invoice } from '../rows/invoice';

const DAY = 86_400;

/**
 * Puts a draft with the original's lines, discounts and settings. Pending items stay where they are.
 *
 * @param id of the revision
 * @throws BillingError resource_missing, parameter_invalid unless the original is an open or uncollectible invoice without subscription, with no
 * payment and no other draft that revises it
 */
export function draftRevision(changes: ChangeSet, id: string, originalId: string): void {
  const param = 'from_invoice[invoice]';
  const original = changes.rows.find('invoice', originalId);
  if (!original) throw new BillingError('resource_missing', `No such invoice: '${originalId}'`, { param });
  refuseUnrevisable(original);
  const other = changes.rows.first('invoice', (each) => each.fromInvoice === originalId && each.status === 'draft' && !each.deleted);
  if (other) throw new BillingError('parameter_invalid', `Invoice ${originalId} has the draft revision ${other.id} already.`, { param });
  const lines = linesOf(changes.rows, originalId);
  draftInvoice(changes, {
    customer: changes.rows.get('customer', original.customer),
    subscription: null,
    currency: original.currency,
    billingReason: original.billingReason,
    collectionMethod: original.collectionMethod,
    daysUntilDue: daysUntilDueOf(original),
    autoAdvance: false,
    automaticallyFinalizesAt: null,
    period: { start: original.periodStart, end: original.periodEnd },
    lines: lines.map(lineContentOf),
    items: [],
    discounts: original.discounts,
    defaultTaxRates: original.defaultTaxRates,
    automaticTax: original.automaticTax.enabled,
    changes: { id, fromInvoice: originalId, ...settingsOf(original) },
  });
  // Also discounts that are spent or over: the revision takes the place of the invoice that had them.
  for (const [index, line] of linesOf(changes.rows, id).entries()) {
    changes.patch('invoiceLineItem', line.id, { discounts: lines[index]?.discounts ?? [] });
  }
  recalculateInvoice(changes, id);
}

/** A sent revision is due as many days after it as the original was. */
function daysUntilDueOf({ created, dueDate }: Invoice): number | null {
  return dueDate === null ? null : Math.max(0, Math.ceil((dueDate - created) / DAY));
}

function settingsOf(original: Invoice): Partial<Invoice> {
  const { quote, paymentSettings, defaultPaymentMethod, accountTaxIds, description, footer, customFields, pageSize } = original;
  const { statementDescriptor, metadata, rendering } = original;
  return {
    ...{ quote, paymentSettings, defaultPaymentMethod, accountTaxIds, description, footer, customFields, pageSize },
    ...{ statementDescriptor, metadata, rendering },
  };
}
