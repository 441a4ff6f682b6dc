/**
 * The discounts of prorations. A change costs what it costs when it is made, with what is at work then, whenever it is invoiced:
 * 50% off until the 1st halves what is bought on the 20th before it, and a coupon that is redeemed on the 25th does not.
 */
import { isChange } from './change-proration';
import { discountsAt } from './invoice-draft';
import type { InvoiceItem, LineContent } from './invoice';
import type { Plan } from './plan';
import type { Rows } from './rows';
import type { Subscription } from './subscription';

/** The line with all that reduces it: what its item has, and what the subscription or else the customer has. */
export function withDiscountsOfChange(plan: Plan, { id }: Pick<Subscription, 'id'>, line: LineContent): LineContent {
  if (!isChange(line) || !line.discountable) return line;
  const isCredit = line.basis?.credit === true;
  const charged = isCredit ? waitingDebit(plan.rows, line) : undefined;
  if (charged) return { ...line, discounts: charged.discounts };
  // A credit gives back what was charged before this very change, which may bring discounts with it, or take them away.
  const rows = isCredit ? plan.base : plan.rows;
  const subscription = rows.find('subscription', id);
  if (!subscription) return line;
  const whole = discountsAt(rows, rows.get('customer', subscription.customer), subscription, plan.now);
  return { ...line, discounts: [...new Set([...line.discounts, ...whole])] };
}

/** What a credit gives back that was not invoiced yet: it is reduced as that is. */
function waitingDebit(rows: Rows, { subscriptionItem, periodStart, periodEnd }: LineContent): InvoiceItem | undefined {
  const covers = (item: InvoiceItem) => item.periodStart <= periodStart && item.periodEnd >= periodEnd && item.basis?.credit !== true;
  const waiting = rows.where('invoiceItem', (item) => item.subscriptionItem === subscriptionItem && item.invoice === null && !item.deleted);
  return waiting
    .filter((item) => isChange(item) && covers(item))
    .sort((a, b) => a.created - b.created)
    .at(-1);
}
