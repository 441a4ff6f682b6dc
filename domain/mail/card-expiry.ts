/** Cards that expire: there is no event for it, so each card has a workflow that is due a month before. */
import type { ChangeSet } from '../core/change-set';
import { paymentMethodOfSubscription } from '../invoice-rules/method-to-charge';
import type { Card, PaymentMethod } from '../rows/payment-method';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { shownCard } from './payment-mails';
import { factsOf } from './subscription-mails';
import { writeMail } from './write';

const WARNED_BEFORE = 30 * 86_400;
const LIVING: readonly string[] = ['active', 'past_due', 'trialing'];

/** The first instant at which the card is no longer valid. Epoch seconds. */
const expiryOf = ({ exp_year: year, exp_month: month }: Card): number => Date.UTC(year, month) / 1000;

/** The month of the expiry, so that a card with another date is warned of again. */
const expiryMonth = ({ exp_year: year, exp_month: month }: Card): number => year * 100 + month;

/** When its customer will be told of the expiry. Null: never, or not again. Epoch seconds. */
export function warnedAt({ card, customer, expiryToldFor }: PaymentMethod, now: number): number | null {
  if (card === null || customer === null || expiryToldFor === expiryMonth(card) || expiryOf(card) <= now) return null;
  return expiryOf(card) - WARNED_BEFORE;
}

/** Has the workflows of new and changed cards started when they are due, and not before. */
export function watchCards(changes: ChangeSet): void {
  for (const id of changes.changed.get('paymentMethod') ?? []) {
    const [before, method] = [changes.base.find('paymentMethod', id), changes.rows.get('paymentMethod', id)];
    const customer = changes.rows.find('customer', method.customer);
    const at = warnedAt(method, changes.now);
    const isKnown = before !== undefined && warnedAt(before, changes.now) === at;
    if (customer !== undefined && at !== null && !isKnown) changes.startAt(Math.max(at, changes.now), 'card', id, customer);
  }
}

/** Tells the customer, and the seller's app, of a card that pays for a subscription. Of another card nobody needs to hear. */
export function warnOfExpiry(changes: ChangeSet, id: string): void {
  const { card, customer: owner } = changes.rows.get('paymentMethod', id);
  if (card === null) return;
  changes.patch('paymentMethod', id, { expiryToldFor: expiryMonth(card) });
  const customer = changes.rows.find('customer', owner);
  const subscription = changes.rows.first('subscription', (each) => LIVING.includes(each.status) && isPaidBy(changes.rows, each, id));
  if (!customer || !subscription) return;
  changes.emit('dunlin.payment_method.expiring', 'paymentMethod', id);
  const facts = { ...factsOf(changes.rows, subscription), card: shownCard(card), date: expiryOf(card) };
  writeMail(changes, { kind: 'card_expiring', about: id, customer: customer.id, facts });
}

const isPaidBy = (rows: Rows, subscription: Subscription, method: string): boolean =>
  subscription.collectionMethod === 'charge_automatically' && paymentMethodOfSubscription(rows, subscription)?.id === method;
