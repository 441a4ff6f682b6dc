/** Whether a declaration on a public page can be carried out at once, or a person must decide. */
import type { Charge } from '../rows/charge';
import type { ContractSettings } from '../rows/account';
import type { ContractPlan, CustomerRequestType, Declaration, OpenReason } from '../rows/customer-request';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { subscriptionsOf } from '../rows/invoice';
import { withdrawalEnd, withdrawalRefund } from './withdrawal';

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
  return { openReason: null, plan: { effect: 'immediately', endsAt: now, refunds: refundsOf(rows, subscription, now) } };
}

function periodEndOf(rows: Rows, { id, cancelAt }: Subscription, now: number): number {
  const ends = rows.where('subscriptionItem', (item) => item.subscription === id && !item.deleted).map((item) => item.currentPeriodEnd);
  return cancelAt ?? Math.max(now, ...ends);
}

/** For each charge that paid an invoice of the subscription, what it gives back. */
function refundsOf(rows: Rows, subscription: Subscription, now: number): ContractPlan['refunds'] {
  const consents = rows.where('checkoutSession', (session) => session.subscription === subscription.id);
  const consentAt = consents.find(({ withdrawalConsentAt: at }) => at !== null)?.withdrawalConsentAt ?? null;
  const invoices = rows.where('invoice', (invoice) => subscriptionsOf(invoice).includes(subscription.id)).map(({ id }) => id);
  return rows
    .where('charge', ({ invoice, paid, disputed }) => paid && !disputed && invoice !== null && invoices.includes(invoice))
    .map((charge) => ({ charge, amount: withdrawalRefund({ paid: leftOf(charge), spans: spansOf(rows, charge), at: now, consentAt }) }))
    .filter(({ amount }) => amount > 0)
    .map(({ charge, amount }) => ({ charge: charge.id, invoice: charge.invoice ?? '', amount, currency: charge.currency }));
}

const leftOf = ({ amountCaptured, amountRefunded }: Charge): number => amountCaptured - amountRefunded;

const spansOf = (rows: Rows, { invoice }: Charge) =>
  rows
    .where('invoiceLineItem', (line) => line.invoice === invoice)
    .map(({ amount, periodStart, periodEnd }) => ({ amount, from: periodStart, to: periodEnd }));
