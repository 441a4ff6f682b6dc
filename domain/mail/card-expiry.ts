/** Cards that expire: there is no event for it, so each card has a workflow that is due a month before. */
import type { ChangeSet } from '../core/change-set';
import { methodToCharge } from '../invoice-rules/method-to-charge';
import type { PaymentMethod } from '../rows/payment-method';
import type { Rows } from '../rows/rows';
import { shownCard } from './payment-mails';
import { factsOf } from './subscription-mails';
import { writeMail } from './write';

const WARNED_BEFORE = 30 * 86_400;
const LIVING: readonly string[] = ['active', 'past_due', 'trialing'];

/** The first instant at which the card is no longer valid. Epoch seconds. */
const expiryOf = ({ card }: Pick<PaymentMethod, 'card'>): number => Date.UTC(card.exp_year, card.exp_month) / 1000;

/** The month of the expiry, so that a card with another date is warned of again. */
export const expiryMonth = ({ card }: Pick<PaymentMethod, 'card'>): number => card.exp_year * 100 + card.exp_month;

export const warnedAt = (method: Pick<PaymentMethod, 'card'>): number => expiryOf(method) - WARNED_BEFORE;

/** Whether its customer will still be told of the expiry. */
export const isWatched = (method: PaymentMethod, now: number): boolean =>
  method.customer !== null && method.expiryToldFor !== expiryMonth(method) && expiryOf(method) > now;

/** Has the workflows of new and changed cards started when they are due, and not before. */
export function watchCards(changes: ChangeSet): void {
  for (const id of changes.changed.get('paymentMethod') ?? []) {
    const [before, method] = [changes.base.find('paymentMethod', id), changes.rows.get('paymentMethod', id)];
    const customer = changes.rows.find('customer', method.customer);
    const isNew = before?.customer !== method.customer || expiryMonth(before) !== expiryMonth(method);
    if (customer === undefined || !isNew || !isWatched(method, changes.now)) continue;
    changes.startAt(Math.max(warnedAt(method), changes.now), 'card', id, customer);
  }
}

/** Tells the customer of a card that pays for a subscription. Of another card nobody needs to hear. */
export function warnOfExpiry(changes: ChangeSet, id: string): void {
  const method = changes.rows.get('paymentMethod', id);
  changes.patch('paymentMethod', id, { expiryToldFor: expiryMonth(method) });
  const customer = changes.rows.find('customer', method.customer);
  const subscription = changes.rows.first('subscription', (each) => LIVING.includes(each.status) && isPaidBy(changes.rows, each, id));
  if (!customer || !subscription) return;
  const facts = { ...factsOf(changes.rows, subscription), card: shownCard(method.card), date: expiryOf(method) };
  writeMail(changes, { kind: 'card_expiring', about: id, customer: customer.id, facts });
}

function isPaidBy(
  rows: Rows,
  { collectionMethod, customer, defaultPaymentMethod }: { collectionMethod: string; customer: string; defaultPaymentMethod: string | null },
  method: string,
): boolean {
  if (collectionMethod !== 'charge_automatically') return false;
  return methodToCharge(rows, rows.get('customer', customer), [defaultPaymentMethod])?.id === method;
}
