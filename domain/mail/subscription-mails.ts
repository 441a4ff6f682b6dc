/** Mails about the life of a subscription. */
import type { ChangeSet, PlannedEvent } from '../core/change-set';
import { sumOf } from '../money/money';
import { rate } from '../price/rating';
import type { MailFacts } from '../rows/mail';
import { isMetered } from '../rows/price';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { itemsOf, priceOf } from '../subscription-item/items';
import { renewalOf } from '../subscription/renewal';
import type { MailDraft } from './write';

const RUNS: readonly Subscription['status'][] = ['active', 'trialing'];

/** The terms, as the customer has them in writing from then on. */
export function startMail({ rows, now }: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const subscription = rows.get('subscription', objectId);
  if (!RUNS.includes(subscription.status)) return null;
  const { status, trialEnd } = subscription;
  const date = (status === 'trialing' ? trialEnd : renewalOf(rows, subscription)) ?? now;
  return about('subscription_started', subscription, {
    ...factsOf(rows, subscription),
    date,
    ...(status === 'trialing' ? { trial: true } : {}),
  });
}

export function endMail({ rows, now }: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const subscription = rows.get('subscription', objectId);
  return about('subscription_canceled', subscription, { ...factsOf(rows, subscription), date: subscription.endedAt ?? now });
}

/** It begins after its first payment, it will end, or it is of another plan. */
export function changeMail(changes: ChangeSet, event: PlannedEvent): MailDraft | null {
  const { base, rows } = changes;
  const [before, subscription] = [base.find('subscription', event.objectId), rows.get('subscription', event.objectId)];
  if (!before) return null;
  if (before.status === 'incomplete') return startMail(changes, event);
  if (!RUNS.includes(subscription.status) && subscription.status !== 'past_due') return null;
  const { cancelAt } = subscription;
  if (cancelAt !== null && before.cancelAt !== cancelAt) {
    return about('cancellation_scheduled', subscription, { ...factsOf(rows, subscription), date: cancelAt });
  }
  if (planOf(base, before.id) === planOf(rows, before.id)) return null;
  return about('plan_changed', subscription, { ...factsOf(rows, subscription), date: changes.now });
}

/** What is bought, as far as a customer sees a change of it. */
function planOf(rows: Rows, subscription: string): string {
  const items = itemsOf(rows, subscription).map(({ price, quantity }) => `${price}×${String(quantity)}`);
  return items.sort().join();
}

/** The names of what is bought, and its price where it is the same in every period. */
export function factsOf(rows: Rows, subscription: Subscription): MailFacts {
  const items = itemsOf(rows, subscription.id).filter(({ price }) => rows.find('price', price) !== undefined);
  const prices = items.map((item) => priceOf(rows, item));
  const names = prices.flatMap(({ product }) => rows.find('product', product)?.name ?? []);
  const [recurring] = prices.map((price) => price.recurring);
  const isFlat = prices.every((price) => !isMetered(price) && price.tiers === null);
  const amount = isFlat ? sumOf(items.map((item) => rate(priceOf(rows, item), item.quantity ?? 1).full)) : null;
  const { currency, description, id } = subscription;
  const product = [...new Set(names)].join(', ');
  const every = recurring ? { amount, currency, interval: recurring.interval, interval_count: recurring.interval_count } : undefined;
  return { product: product === '' ? (description ?? id) : product, ...(every ? { every } : {}) };
}

function about(kind: MailDraft['kind'], { id, customer }: Subscription, facts: MailFacts): MailDraft {
  return { kind, about: id, customer, facts };
}
