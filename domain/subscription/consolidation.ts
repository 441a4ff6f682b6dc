/**
 * One invoice for the renewals of a day, if the customer or else the account wants it (`invoice_settings[consolidation]`). Each subscription renews in its own
 * commit and puts its lines on the draft that waits; the invoice has its own workflow, which charges it once. Renewals of 1000 and 2500 on one
 * day are one invoice of 3500. Renewals whose invoices would differ in more than their lines have invoices of their own.
 */
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';
import { attachedMethod } from '../invoice-rules/method-to-charge';
import { fillDraft, draftInvoice, linesOf, newInvoice, type InvoiceDraft } from '../line/draft';
import { sumOf } from '../money/money';
import { settingsOf } from '../rows/account';
import type { Consolidation, Customer } from '../rows/customer';
import type { Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

export type SubscriptionDraft = InvoiceDraft & { subscription: Subscription };

const DAY = 86_400;
/** After the day is over, the draft stays one for as long as every other draft, so that a late renewal is still on it. */
const OPEN_SECONDS = 3600;

/**
 * Whether it may share its invoice. Discounts of the subscription and bounds of its spend are counted over the whole invoice, and a fixed amount
 * would be off once instead of once for each subscription, so these do not.
 */
export function isConsolidated({ rows, context }: ChangeSet, { customer, subscription, cycleAt, discounts }: SubscriptionDraft): boolean {
  if (context.preview || cycleAt === undefined || choiceOf(rows, customer) !== 'same_day') return false;
  const { minimumCommitment, maximumSpend } = subscription;
  if (minimumCommitment !== null || maximumSpend !== null || subscription.discounts.length > 0) return false;
  return discounts.every((id) => rows.get('coupon', rows.get('discount', id).coupon).percentOff !== null);
}

/** The customer's own, or else the account's. */
function choiceOf(rows: Rows, customer: Customer): Consolidation {
  return customer.invoiceSettings.consolidation ?? settingsOf(rows.get('account', customer.account), customer).invoices.consolidation;
}

/** Puts the renewal on the draft of its day, or begins one. Its workflow finalizes and charges it after the day is over. */
export function billTogether(changes: ChangeSet, draft: SubscriptionDraft): Invoice {
  const shared = { ...draft, changes: { ...draft.changes, ...sharedFields(changes, draft) } };
  const fresh = newInvoice(changes, shared);
  const open = changes.rows.where('invoice', (invoice) => takes(changes.rows, invoice, fresh, draft)).at(-1);
  if (open) return join(changes, open, draft);
  const invoice = draftInvoice(changes, shared);
  changes.wake('invoice', invoice.id, invoice);
  return invoice;
}

function sharedFields(changes: ChangeSet, { subscription, cycleAt = changes.now }: SubscriptionDraft): Partial<Invoice> {
  return {
    subscription: null,
    consolidates: [subscription.id],
    subscriptionMetadata: null,
    defaultPaymentMethod: subscription.defaultPaymentMethod,
    automaticallyFinalizesAt: Math.max(endOfDay(cycleAt), changes.now) + OPEN_SECONDS,
  };
}

function join(changes: ChangeSet, { id, consolidates, periodStart, periodEnd }: Invoice, draft: SubscriptionDraft): Invoice {
  changes.patch('invoice', id, {
    consolidates: [...new Set([...consolidates, draft.subscription.id])],
    periodStart: Math.min(periodStart, draft.period.start),
    periodEnd: Math.max(periodEnd, draft.period.end),
  });
  fillDraft(changes, id, draft);
  changes.emitUpdated('invoice.updated', 'invoice', id);
  return changes.rows.get('invoice', id);
}

/** Whether the invoice is a draft of that day on the same terms, and has room. */
function takes(rows: Rows, invoice: Invoice, fresh: Invoice, { lines }: SubscriptionDraft): boolean {
  const isWaiting = invoice.status === 'draft' && !invoice.deleted && invoice.automaticallyFinalizesAt !== null;
  const isAnothers = invoice.customer !== fresh.customer || invoice.consolidates.length === 0;
  if (!isWaiting || isAnothers || endOfDay(invoice.cycleAt ?? 0) !== endOfDay(fresh.cycleAt ?? 0)) return false;
  return JSON.stringify(termsOf(rows, invoice)) === JSON.stringify(termsOf(rows, fresh)) && hasRoom(rows, invoice, lines);
}

/** What an invoice of one of them would have of its own. */
const termsOf = (rows: Rows, invoice: Invoice) => [
  ...[invoice.currency, invoice.collectionMethod, invoice.dueDate === null ? null : invoice.dueDate - invoice.created],
  ...[invoice.autoAdvance, invoice.automaticTax.enabled, invoice.defaultTaxRates, invoice.discounts, ownMethodOf(rows, invoice)],
  ...[invoice.paymentSettings.payment_method_types, invoice.accountTaxIds, invoice.description, invoice.footer, invoice.customFields],
];

/** Half of the largest charge leaves room for taxes. */
function hasRoom(rows: Rows, invoice: Invoice, added: SubscriptionDraft['lines']): boolean {
  const lines = [...linesOf(rows, invoice.id), ...added];
  const charged = sumOf(lines.map(({ amount }) => Math.max(0, amount)));
  const discounts = new Set(lines.flatMap((line) => line.discounts));
  const fits = lines.length <= LIMITS.invoiceLines.max && discounts.size <= LIMITS.invoiceDiscounts.max;
  return fits && charged <= LIMITS.chargeAmount.max / 2;
}

/** Its own payment method, unless that was detached meanwhile: then the customer's default is charged, as for one without its own. */
const ownMethodOf = (rows: Rows, { customer, defaultPaymentMethod }: Invoice): string | null =>
  attachedMethod(rows, customer, defaultPaymentMethod)?.id ?? null;

/** The unpaid invoices that would charge the payment method that the subscription had charge the one that it has now. */
export function replaceMethod(changes: ChangeSet, { id, defaultPaymentMethod: before }: Subscription): void {
  const { defaultPaymentMethod } = changes.rows.get('subscription', id);
  if (defaultPaymentMethod === before) return;
  const isUnpaid = (invoice: Invoice): boolean =>
    invoice.consolidates.includes(id) &&
    (invoice.status === 'draft' || invoice.status === 'open') &&
    ownMethodOf(changes.rows, invoice) === before;
  for (const invoice of changes.rows.where('invoice', isUnpaid)) {
    changes.patch('invoice', invoice.id, { defaultPaymentMethod });
    changes.emitUpdated('invoice.updated', 'invoice', invoice.id);
    if (changes.rows.find('dunning', invoice.id)?.status === 'running') changes.wake('dunning', invoice.id, invoice);
  }
}

/** In UTC. A renewal at midnight belongs to the day that begins. */
const endOfDay = (at: number): number => (Math.floor(at / DAY) + 1) * DAY;
