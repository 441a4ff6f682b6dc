/** Changes that wait for the end of the period. The portal plans them with a schedule, which its metadata marks as the portal's own. */
import { rate } from '../price/rating';
import type { PortalConfiguration, SchedulingCondition } from '../rows/portal';
import { priceIn, type Price, type Recurring } from '../rows/price';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { nextPhase, type SubscriptionSchedule } from '../rows/subscription-schedule';

/** In the metadata of the portal's schedules: the session in which the customer planned the change. */
export const PLANNED_BY = 'billing_portal_session';

export interface PlannedChange {
  schedule: string;
  price: string;
  quantity: number | null;
  /** When it is made. Epoch seconds. */
  at: number;
}

/** The schedule by which the customer has planned a change, until it ends; null: there is none, or it is the seller's. */
export function ownSchedule(rows: Rows, { schedule: id }: Pick<Subscription, 'schedule'>): SubscriptionSchedule | null {
  const schedule = id === null ? undefined : rows.find('subscriptionSchedule', id);
  return schedule?.metadata[PLANNED_BY] === undefined ? null : schedule;
}

/** The change that the customer has planned; null: none, or it was made. */
export function plannedChange(rows: Rows, subscription: Pick<Subscription, 'schedule'>): PlannedChange | null {
  const schedule = ownSchedule(rows, subscription);
  if (schedule === null) return null;
  const phase = nextPhase(schedule);
  const [item, ...others] = phase?.items ?? [];
  if (phase === null || item === undefined || others.length > 0) return null;
  return { schedule: schedule.id, price: item.price, quantity: item.quantity, at: phase.start_date };
}

interface Change {
  subscription: Subscription;
  item: SubscriptionItem;
  price: string;
  quantity: number | null;
}

/** Whether the configuration has this change wait for the end of the period. */
export function waitsForPeriodEnd(rows: Rows, { features }: PortalConfiguration, change: Change): boolean {
  return features.subscription_update.schedule_at_period_end.conditions.some(({ type }) => HOLDS[type](rows, change));
}

const HOLDS: Record<SchedulingCondition, (rows: Rows, change: Change) => boolean> = {
  /** One period of the new price costs less than one of the present price, each with its quantity and before discounts and tax. */
  decreasing_item_amount: (rows, { subscription, item, price, quantity }) =>
    amountOf(rows.get('price', price), subscription, quantity) < amountOf(rows.get('price', item.price), subscription, item.quantity),
  shortening_interval: (rows, { item, price }) => daysOf(rows.get('price', price)) < daysOf(rows.get('price', item.price)),
};

const amountOf = (price: Price, { currency }: Subscription, quantity: number | null): number =>
  quantity === null ? 0 : rate(priceIn(price, currency), quantity).full;

/** Long enough to compare intervals: twelve months are a year. */
const DAYS: Record<Recurring['interval'], number> = { day: 12, week: 84, month: 365, year: 4380 };

function daysOf({ recurring }: Price): number {
  return recurring === null ? 0 : DAYS[recurring.interval] * recurring.interval_count;
}
