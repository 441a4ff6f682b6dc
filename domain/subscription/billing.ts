/** The invoices that a subscription makes: final at once if an amount is due now, or a draft that becomes final after an hour. */
import { withDiscountsOfChange } from '../proration/change-discounts';
import { courseOf, type Course } from '../invoice-rules/collection';
import { announceDiscounts } from '../discount/life';
import { settingsOf } from '../rows/account';
import type { Invoice, InvoiceItem, LineContent } from '../rows/invoice';
import { discountsAt, draftInvoice, pendingItems } from '../line/draft';
import { billTogether, isConsolidated, type SubscriptionDraft } from './consolidation';
import { collectInvoice, markUncollectible } from '../collection/collection';
import { voidInvoice } from '../invoice/voiding';
import { finalizeInvoice, finalizeOrLeave, putInvoiceIntent } from '../invoice/finalization';
import { revealInvoice } from '../invoice/reveal';
import { countWithTax } from '../invoice/tax';
import type { ChangeSet } from '../core/change-set';
import type { Subscription } from '../rows/subscription';
import { assertChargeable } from '../line/amount-limits';

/** How long a cycle's draft stays one, so that the seller can add to it. */
const DRAFT_SECONDS = 3600;

export interface Bill {
  billingReason: Invoice['billingReason'];
  lines: LineContent[];
  /** The pending invoice items that it takes. Absent: all that wait for the subscription or its customer. */
  items?: InvoiceItem[];
  period: { start: number; end: number };
  cycleAt?: number;
  hidden?: boolean;
  changes?: Partial<Invoice>;
  /** The invoice's course, if it does not follow from the subscription's present status. */
  course?: Course;
}

/**
 * Drafts and finalizes the invoice. If an amount is due it stays open and the caller must collect it. A hidden invoice stays a draft until
 * paid. While collection is paused, the invoice becomes a draft, void or uncollectible instead. In a step that no caller requested it stays
 * a draft if its tax cannot be calculated.
 */
export function billNow(changes: ChangeSet, subscription: Subscription, bill: Bill): Invoice {
  const { id } = draft(changes, subscription, bill, null);
  if (changes.context.preview) return changes.rows.get('invoice', id);
  // It is charged before it is final, so its tax must be known now.
  if (bill.hidden) countWithTax(changes, id);
  const invoice = changes.rows.get('invoice', id);
  assertChargeable(changes.rows, invoice, 'items');
  if (bill.hidden && invoice.amountDue > 0) putInvoiceIntent(changes, invoice);
  else {
    if (bill.hidden) reveal(changes, subscription.id, id);
    follow(changes, id, courseFor(changes, subscription, bill), changes.context.request === null ? finalizeOrLeave : finalizeInvoice);
  }
  markFirstPaid(changes, subscription.id, id);
  return changes.rows.get('invoice', id);
}

/** The same for an end, which is never refused because of its amount: an invoice too large for one charge stays a draft. */
export function billAtEnd(changes: ChangeSet, subscription: Subscription, bill: Bill): Invoice {
  const { id } = draft(changes, subscription, bill, null);
  if (!changes.context.preview) follow(changes, id, courseFor(changes, subscription, bill), finalizeOrLeave);
  return changes.rows.get('invoice', id);
}

/**
 * Makes a draft that becomes final after an hour; at once, and is collected, if the account keeps no drafts. While collection is paused, an
 * invoice that is to be void or uncollectible becomes so at once. If the customer wants one invoice for the renewals of a day, the renewal is put
 * on that.
 */
export function billLater(changes: ChangeSet, subscription: Subscription, bill: Bill): Invoice {
  const course = courseFor(changes, subscription, bill);
  const isDraft = staysDraft(changes, subscription);
  const terms = termsOf(changes, subscription, bill, isDraft ? changes.now + DRAFT_SECONDS : null);
  if (course === 'advance' && isConsolidated(changes, terms)) return billTogether(changes, terms);
  const { id } = draftInvoice(changes, terms);
  if (changes.context.preview || (isDraft && course === 'advance')) return changes.rows.get('invoice', id);
  follow(changes, id, course, finalizeOrLeave);
  if (course === 'advance') collectInvoice(changes, id, { offSession: true });
  return changes.rows.get('invoice', id);
}

/** The last invoice of a subscription that has ended always does, because late usage still arrives for it. */
function staysDraft(changes: ChangeSet, { id }: Subscription): boolean {
  const { drafts } = settingsOf(changes.rows.get('account', changes.context.account), changes.context).invoices;
  return drafts === 'one_hour' || changes.rows.get('subscription', id).status === 'canceled';
}

function courseFor(changes: ChangeSet, { id }: Subscription, { course }: Bill): Course {
  return course ?? courseOf(changes.rows, changes.rows.get('subscription', id));
}

function follow(changes: ChangeSet, invoice: string, course: Course, finalize: typeof finalizeInvoice): void {
  if (course === 'keep_as_draft') {
    changes.patch('invoice', invoice, { autoAdvance: false, automaticallyFinalizesAt: null });
    return;
  }
  const { status } = finalize(changes, invoice);
  if (status !== 'open') return;
  if (course === 'void') voidInvoice(changes, invoice);
  if (course === 'mark_uncollectible') markUncollectible(changes, invoice);
}

function draft(changes: ChangeSet, subscription: Subscription, bill: Bill, automaticallyFinalizesAt: number | null): Invoice {
  return draftInvoice(changes, termsOf(changes, subscription, bill, automaticallyFinalizesAt));
}

function termsOf(changes: ChangeSet, subscription: Subscription, bill: Bill, automaticallyFinalizesAt: number | null): SubscriptionDraft {
  const customer = changes.rows.get('customer', subscription.customer);
  const current = changes.rows.get('subscription', subscription.id);
  return {
    customer,
    subscription: current,
    currency: current.currency,
    billingReason: bill.billingReason,
    collectionMethod: current.collectionMethod,
    daysUntilDue: current.collectionMethod === 'send_invoice' ? current.daysUntilDue : null,
    autoAdvance: true,
    automaticallyFinalizesAt,
    ...(bill.cycleAt === undefined ? {} : { cycleAt: bill.cycleAt }),
    period: bill.period,
    lines: bill.lines.map((line) => withDiscountsOfChange(changes, current, line)),
    items: bill.items ?? pendingItems(changes.rows, customer.id, current.id, current.currency),
    discounts: discountsAt(changes.rows, customer, current, bill.cycleAt ?? changes.now),
    defaultTaxRates: current.defaultTaxRates,
    automaticTax: current.automaticTax.enabled,
    ...(bill.hidden ? { hidden: true } : {}),
    changes: { ...wordingOf(current), ...bill.changes },
  };
}

/** The subscription's invoice settings replace the customer's. */
function wordingOf({ invoiceSettings }: Subscription): Partial<Invoice> {
  const { account_tax_ids, custom_fields, description, footer } = invoiceSettings;
  return {
    ...(account_tax_ids ? { accountTaxIds: account_tax_ids } : {}),
    ...(custom_fields ? { customFields: custom_fields } : {}),
    ...(description ? { description } : {}),
    ...(footer ? { footer } : {}),
  };
}

/** If no amount is due at the start, the subscription is live at once. */
function markFirstPaid(changes: ChangeSet, subscriptionId: string, invoiceId: string): void {
  const subscription = changes.rows.get('subscription', subscriptionId);
  if (subscription.status !== 'incomplete' || changes.rows.get('invoice', invoiceId).status !== 'paid') return;
  changes.patch('subscription', subscriptionId, { status: 'active' });
}

function reveal(changes: ChangeSet, subscription: string, invoice: string): void {
  changes.patch('subscription', subscription, { hidden: false });
  announceDiscounts(changes, changes.rows.get('subscription', subscription));
  revealInvoice(changes, invoice);
}
