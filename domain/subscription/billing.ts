/** The invoices that a subscription makes: at once, when something is due now, or as a draft that is final after its hour. */
import { withDiscountsOfChange } from '../proration/change-discounts';
import { courseOf, type Course } from '../invoice-rules/collection';
import { announceDiscounts } from '../discount/life';
import type { Invoice, LineContent } from '../rows/invoice';
import { discountsAt, draftInvoice, pendingItems } from '../line/draft';
import { markUncollectible, voidInvoice } from '../collection/collection';
import { finalizeInvoice, finalizeOrLeave, putInvoiceIntent } from '../invoice/finalization';
import type { Plan } from '../core/change-set';
import type { Subscription } from '../rows/subscription';
import type { PhaseInvoiceSettings } from '../rows/subscription-schedule';
import { assertChargeable } from '../line/amount-limits';

/** How long a draft of a cycle stays one, so that its recipients may add to it. */
const DRAFT_SECONDS = 3600;

export interface Bill {
  billingReason: Invoice['billingReason'];
  lines: LineContent[];
  period: { start: number; end: number };
  cycleAt?: number;
  hidden?: boolean;
  changes?: Partial<Invoice>;
  /** What becomes of it, where that is not as the subscription is now. */
  course?: Course;
}

/**
 * Drafts and finalizes; what is due is open then, and whoever called collects it. A hidden one waits for its payment as a draft.
 * While collection is paused it is a draft, void or given up instead.
 */
export function billNow(plan: Plan, subscription: Subscription, bill: Bill): Invoice {
  const { id } = draft(plan, subscription, bill, null);
  if (plan.context.preview) return plan.rows.get('invoice', id);
  const invoice = plan.rows.get('invoice', id);
  assertChargeable(plan.rows, invoice, 'items');
  if (bill.hidden && invoice.amountDue > 0) putInvoiceIntent(plan, invoice);
  else {
    if (bill.hidden) reveal(plan, subscription.id, id);
    follow(plan, id, courseFor(plan, subscription, bill), finalizeInvoice);
  }
  markFirstPaid(plan, subscription.id, id);
  return plan.rows.get('invoice', id);
}

/** The same of an end, which is not refused for what it comes to: too much for one charge stays a draft. */
export function billAtEnd(plan: Plan, subscription: Subscription, bill: Bill): Invoice {
  const { id } = draft(plan, subscription, bill, null);
  if (!plan.context.preview) follow(plan, id, courseFor(plan, subscription, bill), finalizeOrLeave);
  return plan.rows.get('invoice', id);
}

/** A draft that is finalized by itself after an hour; while collection is paused, what is void or given up is so at once. */
export function billLater(plan: Plan, subscription: Subscription, bill: Bill): Invoice {
  const { id } = draft(plan, subscription, bill, plan.now + DRAFT_SECONDS);
  const course = courseFor(plan, subscription, bill);
  if (!plan.context.preview && course !== 'advance') follow(plan, id, course, finalizeOrLeave);
  return plan.rows.get('invoice', id);
}

function courseFor(plan: Plan, { id }: Subscription, { course }: Bill): Course {
  return course ?? courseOf(plan.rows, plan.rows.get('subscription', id));
}

function follow(plan: Plan, invoice: string, course: Course, finalize: typeof finalizeInvoice): void {
  if (course === 'keep_as_draft') {
    plan.patch('invoice', invoice, { autoAdvance: false, automaticallyFinalizesAt: null });
    return;
  }
  const { status } = finalize(plan, invoice);
  if (status !== 'open') return;
  if (course === 'void') voidInvoice(plan, invoice);
  if (course === 'mark_uncollectible') markUncollectible(plan, invoice);
}

function draft(plan: Plan, subscription: Subscription, bill: Bill, automaticallyFinalizesAt: number | null): Invoice {
  const customer = plan.rows.get('customer', subscription.customer);
  const current = plan.rows.get('subscription', subscription.id);
  return draftInvoice(plan, {
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
    lines: bill.lines.map((line) => withDiscountsOfChange(plan, current, line)),
    items: pendingItems(plan.rows, customer.id, current.id, current.currency),
    discounts: discountsAt(plan.rows, customer, current, bill.cycleAt ?? plan.now),
    defaultTaxRates: current.defaultTaxRates,
    ...(bill.hidden ? { hidden: true } : {}),
    changes: { ...wordingOf(current), ...bill.changes },
  });
}

/** What is said for all invoices of the subscription, in place of what the customer has for theirs. */
function wordingOf({ invoiceSettings }: Subscription): Partial<Invoice> {
  const { custom_fields, description, footer } = invoiceSettings as Partial<PhaseInvoiceSettings>;
  return {
    ...(custom_fields ? { customFields: custom_fields } : {}),
    ...(description ? { description } : {}),
    ...(footer ? { footer } : {}),
  };
}

/** Nothing was due at the start: the subscription is live at once. */
function markFirstPaid(plan: Plan, subscriptionId: string, invoiceId: string): void {
  const subscription = plan.rows.get('subscription', subscriptionId);
  if (subscription.status !== 'incomplete' || plan.rows.get('invoice', invoiceId).status !== 'paid') return;
  plan.patch('subscription', subscriptionId, { status: 'active' });
}

function reveal(plan: Plan, subscription: string, invoice: string): void {
  plan.patch('subscription', subscription, { hidden: false });
  plan.patch('invoice', invoice, { hidden: false });
  announceDiscounts(plan, plan.rows.get('subscription', subscription));
  plan.emit('invoice.created', 'invoice', invoice);
}
