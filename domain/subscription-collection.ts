import { collectInvoice } from './invoice-collection';
import type { Invoice } from './invoice';
import type { Plan } from './plan';
import type { PaymentBehavior } from './subscription-parameters';

/** What is due by a change: charged now, or left to the payer to confirm (`default_incomplete`), past due meanwhile. */
export function collectChange(plan: Plan, invoice: Invoice, asked: { payment_behavior?: PaymentBehavior; off_session?: boolean }): void {
  if (invoice.status !== 'open' || plan.context.preview || invoice.subscription === null) return;
  if (asked.payment_behavior !== 'default_incomplete') {
    collectInvoice(plan, invoice.id, { offSession: asked.off_session ?? false });
    return;
  }
  const { status } = plan.rows.get('subscription', invoice.subscription);
  if (status === 'active') plan.patch('subscription', invoice.subscription, { status: 'past_due' });
}
