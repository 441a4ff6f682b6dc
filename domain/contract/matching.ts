/** Whether a declaration on a public page can be carried out at once, or a person must decide. */
import type { Charge } from '../rows/charge';
import type { ContractSettings } from '../rows/account';
import type { ContractPlan, CustomerRequestType, Declaration, OpenReason } from '../rows/customer-request';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { subscriptionsOf, type InvoiceLineItem } from '../rows/invoice';
import { amountOwed } from '../line/taxes';
import { chargeFrom } from '../money/charge-steps';
import { withdrawalEnd, withdrawalRefund, type BilledSpan } from './withdrawal';

/** The customer and the contract that a declaration names. Null: they do not belong together, so it proves nothing. */
export function contractOf(rows: Rows, { email, contract }: Pick<Declaration, 'contract' | 'email'>): Subscription | null {
  const named = contract.trim();
  const billed = rows.where('invoice', ({ number, id }) => named !== '' && (number === named || id === named)).flatMap(subscriptionsOf);
  const found = rows.where('subscription', ({ id, hidden }) => !hidden && (id === named || billed.includes(id)));
  const owned = found.filter(({ customer }) => isSame(rows.find('customer', customer)?.email ?? null, email));
  return owned.length === 1 ? (owned[0] as Subscription) : null;
}

const isSame = (known: string | null, entered: string): boolean =>
  known !== null && known.trim().toLowerCase() === entered.trim().toLowerCase();

export type Decision = { openReason: OpenReason; plan: null } | { openReason: null; plan: ContractPlan };

const wait = (openReason: OpenReason): Decision => ({ openReason, plan: null });

/** What is done with a contract that was matched. The rows have the subscription's items, its schedule, and what was paid for it. */
export function decide(
  rows: Rows,
  { type, declaration, subscription }: { type: CustomerRequestType; declaration: Declaration; subscription: Subscription },
  { settings, now }: { settings: ContractSettings; now: number },
): Decision {
  if (type === 'deletion') return wait('reviewed');
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return wait('not_possible');
  return type === 'withdrawal'
    ? withdrawal(rows, subscription, { settings, now })
    : cancellation(rows, declaration, subscription, { settings, now });
}

function cancellation(
  rows: Rows,
  { kind, date }: Declaration,
  subscription: Subscription,
  { settings, now }: { settings: ContractSettings; now: number },
): Decision {
  if (kind === 'extraordinary') return wait('extraordinary');
  if (date !== null) return wait('later_date');
  if (subscription.schedule !== null) return wait('not_possible');
  const { cancellation: effect } = settings;
  return { openReason: null, plan: { effect, endsAt: effect === 'immediately' ? now : periodEndOf(rows, subscription, now), refunds: [] } };
}

function withdrawal(rows: Rows, subscription: Subscription, { settings, now }: { settings: ContractSettings; now: number }): Decision {
  if (now > withdrawalEnd(subscription.created, settings.withdrawal_days)) return wait('too_late');
  if (isBeingWithdrawn(rows, subscription)) return wait('not_possible');
  if (paymentsOf(rows, subscription).some(({ status }) => status === 'pending')) return wait('payment_pending');
  return { openReason: null, plan: { effect: 'immediately', endsAt: now, refunds: refundsOf(rows, subscription, now) } };
}

function periodEndOf(rows: Rows, { id, cancelAt }: Subscription, now: number): number {
  const ends = rows.where('subscriptionItem', (item) => item.subscription === id && !item.deleted).map((item) => item.currentPeriodEnd);
  return cancelAt ?? Math.max(now, ...ends);
}

/** Another declaration ends the contract already, and gives the money back. */
const isBeingWithdrawn = (rows: Rows, { id }: Subscription): boolean =>
  rows.where('customerRequest', ({ type, plan, subscription }) => type === 'withdrawal' && plan !== null && subscription === id).length > 0;

function paymentsOf(rows: Rows, { id: subscription }: Subscription): Charge[] {
  const invoices = rows.where('invoice', (invoice) => subscriptionsOf(invoice).includes(subscription)).map(({ id }) => id);
  return rows.where('charge', ({ invoice }) => invoice !== null && invoices.includes(invoice));
}

/** For each charge that paid an invoice of the subscription, what it gives back. */
function refundsOf(rows: Rows, subscription: Subscription, now: number): ContractPlan['refunds'] {
  const consents = rows.where('checkoutSession', (session) => session.subscription === subscription.id);
  const consentAt = consents.find(({ withdrawalConsentAt: at }) => at !== null)?.withdrawalConsentAt ?? null;
  return paymentsOf(rows, subscription)
    .filter(({ paid, disputed }) => paid && !disputed)
    .map((charge) => ({
      charge,
      amount: refundFrom(charge, withdrawalRefund({ paid: leftOf(charge), ...billedBy(rows, charge, subscription), at: now, consentAt })),
    }))
    .filter(({ amount }) => amount > 0)
    .map(({ charge, amount }) => ({ charge: charge.id, invoice: charge.invoice ?? '', amount, currency: charge.currency }));
}

/** In favor of the consumer, where the currency does not move each minor unit. */
const refundFrom = (charge: Charge, amount: number): number => Math.min(chargeFrom(amount, charge.currency), leftOf(charge));

const leftOf = ({ amountCaptured, amountRefunded }: Charge): number => amountCaptured - amountRefunded;

/** What the invoice of the charge billed for the subscription, and for others. */
function billedBy(rows: Rows, { invoice: id }: Charge, { id: subscription }: Subscription): { spans: BilledSpan[]; others: number } {
  const isShared = rows.where('invoice', (invoice) => invoice.id === id && invoice.subscription === null).length > 0;
  const isOwn = (line: InvoiceLineItem): boolean => !isShared || line.subscription === subscription;
  const lines = rows.where('invoiceLineItem', ({ invoice }) => invoice === id);
  return {
    spans: lines.filter(isOwn).map((line) => ({ amount: amountOwed(line), from: line.periodStart, to: line.periodEnd })),
    others: lines.filter((line) => !isOwn(line)).reduce((sum, line) => sum + amountOwed(line), 0),
  };
}
