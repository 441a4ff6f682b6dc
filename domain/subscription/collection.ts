import { collectInvoice } from '../collection/collection';
import type { Invoice, LineContent } from '../rows/invoice';
import type { Plan } from '../core/change-set';
import { billLater, billNow } from './billing';
import { putPendingItem } from '../subscription-item/items';
import type { PaymentBehavior } from '../rows/subscription-parameters';

interface HowToPay {
  payment_behavior?: PaymentBehavior;
  off_session?: boolean;
}

/**
 * An invoice of its own for what a change costs, charged now; what is sent is a draft first. A subscription that is paused makes no
 * invoices: it waits for the next one.
 */
export function billAtOnce(plan: Plan, id: string, lines: LineContent[], asked: HowToPay): void {
  const subscription = plan.rows.get('subscription', id);
  if (lines.length === 0) return;
  if (subscription.status === 'paused') {
    lines.forEach((line) => putPendingItem(plan, subscription, line));
    return;
  }
  const bill = { billingReason: 'subscription_update' as const, lines, period: { start: plan.now, end: plan.now } };
  if (subscription.collectionMethod === 'send_invoice') billLater(plan, subscription, bill);
  else collectChange(plan, billNow(plan, subscription, bill), asked);
}

/** What is due by a change: charged now, or left to the payer to confirm (`default_incomplete`), past due meanwhile. */
export function collectChange(plan: Plan, invoice: Invoice, asked: HowToPay): void {
  if (invoice.status !== 'open' || plan.context.preview || invoice.subscription === null) return;
  if (asked.payment_behavior !== 'default_incomplete') {
    collectInvoice(plan, invoice.id, { offSession: asked.off_session ?? false });
    return;
  }
  const { status } = plan.rows.get('subscription', invoice.subscription);
  if (status === 'active') plan.patch('subscription', invoice.subscription, { status: 'past_due' });
}
