/** The pages about one subscription. Each is null if the customer may not do it. */
import { addInterval } from '../../domain/money/billing-period';
import { amountOffIn } from '../../domain/discount/amounts';
import {
  canBePaused,
  cancelObstacle,
  choiceObstacle,
  isCodeAllowed,
  itemsOf,
  offeredPrices,
  quantityRange,
  updateObstacle,
} from '../../domain/portal/permissions';
import { waitsForPeriodEnd } from '../../domain/portal/planned-change';
import type { Coupon } from '../../domain/rows/discount';
import type { Subscription, SubscriptionItem } from '../../domain/rows/subscription';
import type { PortalConfirmation, PortalOffer, PortalView } from '../../web/portal/model';
import type { PortalProblem } from '../../web/words/portal-problems';
import type { Entries } from '../checkout/form';
import { customerNow, type Visit } from './operations';
import { endsTrial, invoicePreview, previewOf, unlessNone, type PlanChange } from './plan-change';
import { discountOf } from './promotion';
import { offerFor } from './retention';
import type { PortalRows } from './rows';
import { itemOf, periodEndOf, subscriptionOf } from './shown';
import { choiceIn, isSame } from './subscription-actions';

interface About {
  subscription: Subscription;
  entries: Entries;
}

type View = (visit: Visit, found: PortalRows, about: About) => Promise<PortalView | null>;

export const VIEWS_OF_SUBSCRIPTION: Readonly<Record<string, View>> = {
  cancel: (visit, found, { subscription }) => cancellationOf(visit, found, subscription),
  pause: (visit, found, { subscription }) => pauseOf(visit, found, subscription),
  plan: (_visit, found, { subscription }) =>
    Promise.resolve(whereChangeable(found, subscription, (item) => planOf(found, subscription, item))),
  confirm: async (visit, found, { subscription, entries }) =>
    whereChangeable(found, subscription, (item) => confirmationOf(visit, found, { subscription, item, entries })),
};

function whereChangeable<T>(
  { rows, configuration }: PortalRows,
  subscription: Subscription,
  show: (item: SubscriptionItem) => T,
): T | null {
  if (updateObstacle(rows, configuration, subscription) !== null) return null;
  const [item] = itemsOf(rows, subscription) as [SubscriptionItem];
  return show(item);
}

async function cancellationOf(visit: Visit, found: PortalRows, subscription: Subscription): Promise<PortalView | null> {
  const { configuration, rows } = found;
  if (cancelObstacle(rows, configuration, subscription) !== null) return null;
  const { mode, proration_behavior: behavior, cancellation_reason: reason } = configuration.features.subscription_cancel;
  const offer = await offerFor(visit, found, subscription);
  return {
    name: 'cancel',
    subscription: subscriptionOf(found, subscription),
    endsAt: mode === 'at_period_end' ? periodEndOf(rows, subscription) : null,
    credit: mode === 'immediately' && behavior === 'create_prorations' ? await creditOf(visit, subscription) : null,
    reasons: reason.enabled ? reason.options : null,
    offer: offer === null ? null : toOffer(offer, subscription),
  };
}

const toOffer = (coupon: Coupon, { currency }: Subscription): PortalOffer => ({
  percent: coupon.percentOff === null ? null : Number(coupon.percentOff),
  amount: amountOffIn(coupon, currency),
  duration: coupon.duration,
  months: coupon.durationInMonths,
});

async function creditOf(visit: Visit, { id }: Subscription): Promise<number | null> {
  const details = { cancel_now: 'true', proration_behavior: 'create_prorations' };
  const preview = await unlessNone(() => invoicePreview(visit, { subscription: id, subscription_details: details }));
  return preview !== null && preview.total < 0 ? -preview.total : null;
}

async function pauseOf({ deps, session }: Visit, found: PortalRows, subscription: Subscription): Promise<PortalView | null> {
  if (!canBePaused(found.configuration, subscription)) return null;
  const { type, interval_options: options } = found.configuration.features.subscription_pause.duration;
  const at = await customerNow(deps, session);
  const shown = options.map((option) => ({
    interval: { interval: option.interval, count: option.interval_count },
    until: addInterval(at, option, option.interval_count),
  }));
  return { name: 'pause', subscription: subscriptionOf(found, subscription), at, options: type === 'indefinite' ? null : shown };
}

function planOf(found: PortalRows, subscription: Subscription, item: SubscriptionItem, isCodeWrong = false): PortalView {
  const { rows, configuration } = found;
  const choices = offeredPrices(rows, configuration, subscription, item).map(({ id }) => ({
    price: id,
    item: itemOf(rows, subscription, { price: id, quantity: item.quantity }),
    isPresent: id === item.price,
  }));
  const range = quantityRange(configuration, rows.get('price', item.price));
  return {
    name: 'plan',
    subscription: subscriptionOf(found, subscription),
    choices,
    quantity: range === null ? null : { present: item.quantity ?? 1, minimum: range.minimum, maximum: range.maximum },
    takesCode: isCodeAllowed(configuration),
    isCodeWrong,
  };
}

async function confirmationOf(
  visit: Visit,
  found: PortalRows,
  { subscription, item, entries }: About & { item: SubscriptionItem },
): Promise<PortalView | null> {
  const { rows, configuration } = found;
  const choice = choiceIn(entries, item);
  const discount = await discountOf(visit, found, entries);
  if (discount === 'unknownCode') return planOf(found, subscription, item, true);
  const isNothing = isSame(item, choice) && discount === null;
  if (isNothing || choiceObstacle(rows, configuration, { subscription, item }, choice) !== null) return planOf(found, subscription, item);
  const at = await customerNow(visit.deps, visit.session);
  const cost = await costOf(visit, found, { subscription, item, ...choice, discount, at });
  if (typeof cost === 'string') return planOf(found, subscription, item, cost === 'unknownCode');
  return {
    name: 'confirm',
    subscription: subscriptionOf(found, subscription),
    item: itemOf(rows, subscription, choice),
    ...choice,
    ...cost,
    at,
    code: entries['code'] ?? null,
    canChoose: visit.session.flow?.type !== 'subscription_update_confirm',
  };
}

type Cost = Pick<PortalConfirmation, 'endsTrial' | 'preview' | 'waitsUntil'>;

/** What the change costs now, or that it waits, or why the API refuses it. */
async function costOf(visit: Visit, found: PortalRows, change: PlanChange): Promise<Cost | PortalProblem> {
  const { rows, configuration } = found;
  const { discount, subscription } = change;
  if (discount === null && waitsForPeriodEnd(rows, configuration, change)) {
    return { preview: null, waitsUntil: periodEndOf(rows, subscription), endsTrial: false };
  }
  const preview = await previewOf(visit, found, change);
  return typeof preview === 'string' ? preview : { preview, waitsUntil: null, endsTrial: endsTrial(configuration, subscription) };
}
