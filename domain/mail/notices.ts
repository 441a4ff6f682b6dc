/** When a customer is told by mail of a charge that comes by itself. */
import { paymentMethodOfSubscription } from '../invoice-rules/method-to-charge';
import { settingsOf } from '../rows/account';
import type { Interval } from '../rows/price';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { itemsOf, recurringOf } from '../subscription-item/items';
import { renewalOf } from '../subscription/renewal';
import { noticeDays, type Charged } from './notice-rules';

const DAY = 86_400;

export interface Notice {
  kind: 'renewal' | 'trial_ending';
  /** When the mail is due, and when the charge comes. Epoch seconds. */
  at: number;
  chargedAt: number;
}

/**
 * The next notice of a subscription; null if none is due before the next charge. A notice whose day was before the trial or the term began is
 * left out: the mail of the beginning says the same.
 */
export function nextNotice(rows: Rows, subscription: Subscription): Notice | null {
  const charge = chargeOf(rows, subscription);
  if (charge === null || !isWanted(rows, subscription, charge.kind)) return null;
  const { kind, chargedAt, since, asked } = charge;
  const earliest = Math.max(since, (subscription.noticeGivenFor ?? since) + 1);
  const at = noticeDays(asked)
    .map((days) => chargedAt - days * DAY)
    .find((instant) => instant >= earliest);
  return at === undefined ? null : { kind, at, chargedAt };
}

interface Charge {
  kind: Notice['kind'];
  chargedAt: number;
  /** When the trial or the term began. */
  since: number;
  asked: Charged;
}

/** A charge by itself: an invoice that is sent is its own notice. */
function chargeOf(rows: Rows, subscription: Subscription): Charge | null {
  if (subscription.collectionMethod !== 'charge_automatically' || subscription.status === 'past_due') return null;
  const chargedAt = renewalOf(rows, subscription);
  const [item] = itemsOf(rows, subscription.id).filter(({ currentPeriodEnd }) => currentPeriodEnd === chargedAt);
  if (chargedAt === null || !item) return null;
  const { trialStart, trialEnd } = subscription;
  if (subscription.status === 'trialing' && trialEnd !== null && trialStart !== null) {
    const length = Math.round((trialEnd - trialStart) / DAY);
    return {
      kind: 'trial_ending',
      chargedAt: trialEnd,
      since: trialStart,
      asked: asked(rows, subscription, { before: 'trial_end', length }),
    };
  }
  const { interval, interval_count: count } = recurringOf(rows, item);
  const length = MONTHS[interval] * count;
  return { kind: 'renewal', chargedAt, since: item.currentPeriodStart, asked: asked(rows, subscription, { before: 'renewal', length }) };
}

const MONTHS: Record<Interval, number> = { day: 1 / 31, week: 7 / 31, month: 1, year: 12 };

function asked(rows: Rows, subscription: Subscription, of: Pick<Charged, 'before' | 'length'>): Charged {
  const method = paymentMethodOfSubscription(rows, subscription);
  const { country = null, state = null } = rows.get('customer', subscription.customer).address ?? method?.billingDetails.address ?? {};
  const brand = method === undefined ? null : (method.card?.brand ?? method.type);
  return { ...of, brand, place: { country, state } };
}

/** Without an address, or with the kind switched off, there is nobody to wake for. */
function isWanted(rows: Rows, subscription: Subscription, kind: Notice['kind']): boolean {
  const account = rows.find('account', subscription.account);
  const email = rows.find('customer', subscription.customer)?.email ?? null;
  return email !== null && account !== undefined && !settingsOf(account, subscription).mail.off.includes(kind);
}
