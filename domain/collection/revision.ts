/** Drafts what takes the place of an invoice: a revision, or a correction. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { refuseUnrevisable } from '../invoice/revising';
import { draftInvoice, lineContentOf, linesOf, recalculateInvoice } from '../line/draft';
import type { Invoice, LineContent } from '../rows/invoice';

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
  draftReplacement(changes, original, {
    lines: linesOf(changes.rows, originalId).map(lineContentOf),
    automaticTax: original.automaticTax.enabled,
    finalizesAt: null,
    changes: { id },
  });
}

interface Replacement {
  lines: LineContent[];
  automaticTax: boolean;
  /** When it becomes final by itself, and is then collected. Null: when a caller asks for it. */
  finalizesAt: number | null;
  /** What it has instead of what follows from the original. */
  changes: Partial<Invoice>;
}

/** Puts a draft that takes the place of a final invoice, with the settings and discounts of that. */
export function draftReplacement(
  changes: ChangeSet,
  original: Invoice,
  { lines, automaticTax, finalizesAt, changes: own }: Replacement,
): Invoice {
  const { id } = draftInvoice(changes, {
    customer: changes.rows.get('customer', original.customer),
    subscription: null,
    currency: original.currency,
    billingReason: original.billingReason,
    collectionMethod: original.collectionMethod,
    daysUntilDue: daysUntilDueOf(original),
    autoAdvance: finalizesAt !== null,
    automaticallyFinalizesAt: finalizesAt,
    period: { start: original.periodStart, end: original.periodEnd },
    lines,
    items: [],
    discounts: original.discounts,
    defaultTaxRates: original.defaultTaxRates,
    automaticTax,
    changes: { fromInvoice: original.id, ...settingsOf(original), ...own },
  });
  // Also discounts that are spent or over: the replacement takes the place of the invoice that had them.
  for (const [index, line] of linesOf(changes.rows, id).entries()) {
    changes.patch('invoiceLineItem', line.id, { discounts: lines[index]?.discounts ?? [] });
  }
  recalculateInvoice(changes, id);
  return changes.rows.get('invoice', id);
}

/** A sent revision is due as many days after it as the original was. */
function daysUntilDueOf({ created, dueDate }: Invoice): number | null {
  return dueDate === null ? null : Math.max(0, Math.ceil((dueDate - created) / DAY));
}

function settingsOf(original: Invoice): Partial<Invoice> {
  const { quote, paymentSettings, defaultPaymentMethod, accountTaxIds, description, footer, customFields, pageSize } = original;
  const { statementDescriptor, metadata, rendering, shippingDetails } = original;
  return {
    ...{ quote, paymentSettings, defaultPaymentMethod, accountTaxIds, description, footer, customFields, pageSize },
    ...{ statementDescriptor, metadata, rendering, shippingDetails },
  };
}
