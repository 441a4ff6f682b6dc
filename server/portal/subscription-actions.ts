/** What the forms about a subscription do: cancel, stay, pause, change the plan now or later, and take each of these back. */
import { addInterval } from '../../domain/money/billing-period';
import { ownSchedule, plannedChange, waitsForPeriodEnd } from '../../domain/portal/planned-change';
import {
  canBePaused,
  canBeRenewed,
  canBeResumed,
  cancelObstacle,
  choiceObstacle,
  itemsOf,
  updateObstacle,
  type PlanChoice,
} from '../../domain/portal/permissions';
import { CANCELLATION_REASONS } from '../../domain/rows/portal';
import type { Subscription, SubscriptionItem } from '../../domain/rows/subscription';
import type { PortalProblem } from '../../web/words/portal-problems';
import { shownAmount, type Entries } from '../checkout/form';
import type { RawParameters } from '../http/validation';
import { cancelSubscription } from '../routes/subscriptions/cancel';
import { updateSubscription } from '../routes/subscriptions/update';
import { change, customerNow, type Visit } from './operations';
import { done, nothing, type Outcome } from './outcome';
import { callOf, previewOf, type PlanChange } from './plan-change';
import { planChange, unplanChange } from './planned-change';
import { discountOf, isInForce } from './promotion';
import { declined } from './retention';
import { loadPortalRows } from './rows';
import { chosen, type Submission } from './submission';

async function update({ visit, key }: Submission, { id }: Subscription, parameters: RawParameters): Promise<PortalProblem | null> {
  return (await change(visit, key, { operation: updateSubscription, path: { subscription: id }, parameters })).problem;
}

/** Takes a cancellation back. */
export async function keep(submission: Submission): Promise<Outcome> {
  const subscription = chosen(submission);
  if (subscription === undefined || !canBeRenewed(submission.found.configuration, subscription)) return nothing();
  return done(
    await update(submission, subscription, subscription.cancelAtPeriodEnd ? { cancel_at_period_end: 'false' } : { cancel_at: '' }),
  );
}

export async function cancel(submission: Submission): Promise<Outcome> {
  const { visit, found, key, entries } = submission;
  const subscription = chosen(submission);
  if (subscription === undefined || cancelObstacle(found.rows, found.configuration, subscription) !== null) return done(null, true);
  const refused = await releaseOwn(submission, subscription);
  if (refused !== null) return done(refused);
  const { mode, proration_behavior: behavior, cancellation_reason: reason } = found.configuration.features.subscription_cancel;
  const path = { subscription: subscription.id };
  const why = reason.enabled ? { cancellation_details: reasonIn(entries) } : {};
  const answer = await declined(submission, subscription);
  const { problem } =
    mode === 'at_period_end'
      ? await change(visit, key, { operation: updateSubscription, path, parameters: { cancel_at_period_end: 'true', ...why }, ...answer })
      : await change(visit, key, {
          operation: cancelSubscription,
          path,
          parameters: { ...why, ...(behavior === 'none' ? {} : { prorate: 'true', invoice_now: 'true' }) },
          ...answer,
        });
  return done(problem, true);
}

/** Ends the schedule of an earlier change, which would stand in the way of another one. */
async function releaseOwn({ visit, found, key }: Submission, subscription: Subscription): Promise<PortalProblem | null> {
  const schedule = ownSchedule(found.rows, subscription);
  return schedule === null ? null : unplanChange(visit, key, schedule.id);
}

function reasonIn({ feedback = '', comment = '' }: Entries): RawParameters {
  const isKnown = (CANCELLATION_REASONS as readonly string[]).includes(feedback);
  return { ...(isKnown ? { feedback } : {}), ...(comment === '' ? {} : { comment }) };
}

/** For one of the offered durations. Invoices of the time are void, and the subscription goes on by itself. */
export async function pause(submission: Submission): Promise<Outcome> {
  const { found, entries, visit } = submission;
  const subscription = chosen(submission);
  if (subscription === undefined || !canBePaused(found.configuration, subscription)) return done(null, true);
  const { type, interval_options: options } = found.configuration.features.subscription_pause.duration;
  const option = options[Number(entries['duration'] ?? '')];
  if (type === 'interval_options' && option === undefined) return done('missing');
  const shown = instantIn(entries);
  const from = (await isRecent(visit, shown)) ? shown : await customerNow(visit.deps, visit.session);
  const ends = option === undefined ? {} : { resumes_at: String(addInterval(from, option, option.interval_count)) };
  return done(await update(submission, subscription, { pause_collection: { behavior: 'void', ...ends } }), true);
}

export async function resume(submission: Submission): Promise<Outcome> {
  const subscription = chosen(submission);
  if (subscription === undefined || !canBeResumed(submission.found.configuration, subscription)) return nothing();
  return done(await update(submission, subscription, { pause_collection: '' }));
}

/** Takes a planned change back. */
export async function unplan(submission: Submission): Promise<Outcome> {
  const { found, visit, key } = submission;
  const subscription = chosen(submission);
  const planned = subscription === undefined ? null : plannedChange(found.rows, subscription);
  if (planned === null || !found.configuration.features.subscription_update.enabled) return nothing();
  return done(await unplanChange(visit, key, planned.schedule));
}

/** An hour: who waits longer sees what the change costs by then. */
const PREVIEW_SECONDS = 3600;

export async function changePlan(submission: Submission): Promise<Outcome> {
  const { configuration, rows } = submission.found;
  const subscription = chosen(submission);
  if (subscription === undefined || updateObstacle(rows, configuration, subscription) !== null) return done(null, true);
  return changeTo(submission, subscription);
}

async function changeTo(submission: Submission, subscription: Subscription): Promise<Outcome> {
  const { visit, found, entries } = submission;
  const { configuration, rows } = found;
  const [item] = itemsOf(rows, subscription) as [SubscriptionItem];
  const discount = await discountOf(visit, found, entries);
  if (discount === 'unknownCode') return done(discount);
  const planned = { subscription, item, ...choiceIn(entries, item), discount, at: instantIn(entries) };
  if (await isMade(visit, planned)) return done(null, true);
  if (choiceObstacle(rows, configuration, { subscription, item }, planned) !== null) return done('missing');
  const isLater = waitsForPeriodEnd(rows, configuration, planned) && discount === null;
  const refused = (isLater ? null : await costProblem(submission, planned)) ?? (await releaseOwn(submission, subscription));
  if (refused !== null) return done(refused);
  return isLater ? changeLater(submission, planned) : changeNow(submission, planned);
}

/** Whether there is nothing left to change, as after the same form was sent before. */
async function isMade(visit: Visit, planned: PlanChange): Promise<boolean> {
  const { subscription, item, discount } = planned;
  return isSame(item, planned) && (discount === null || (await isInForce(visit, subscription, discount)));
}

async function changeLater({ visit, key }: Submission, planned: PlanChange): Promise<Outcome> {
  return done(await planChange(visit, key, planned), true);
}

async function changeNow(submission: Submission, planned: PlanChange): Promise<Outcome> {
  const { visit, found, key } = submission;
  const { problem } = await change(visit, key, callOf(found.configuration, planned));
  return done(problem, true, problem === null ? await invoiceToPay(submission, planned.subscription.id) : null);
}

export const isSame = (item: SubscriptionItem, { price, quantity }: PlanChoice): boolean =>
  price === item.price && quantity === item.quantity;

/** Why the change is not made: it costs more than the page has shown, the page is too old to say, or the API refuses it. */
async function costProblem({ visit, found, entries }: Submission, planned: PlanChange): Promise<PortalProblem | null> {
  if (!(await isRecent(visit, planned.at))) return 'amountChanged';
  const preview = await previewOf(visit, found, planned);
  if (typeof preview === 'string') return preview;
  return preview.isNow && preview.due > (shownAmount(entries) ?? 0) ? 'amountChanged' : null;
}

export function choiceIn({ price, quantity = '' }: Entries, item: SubscriptionItem): PlanChoice {
  return { price: price ?? item.price, quantity: /^\d{1,15}$/.test(quantity) ? Number(quantity) : item.quantity };
}

const instantIn = ({ at = '' }: Entries): number => (/^\d{1,12}$/.test(at) ? Number(at) : 0);

async function isRecent({ deps, session }: Visit, at: number): Promise<boolean> {
  const now = await customerNow(deps, session);
  return at <= now && at > now - PREVIEW_SECONDS;
}

/** A change that waits for its payment has an invoice, on whose page the customer pays, or approves the payment. */
async function invoiceToPay({ visit: { deps, session }, found }: Submission, id: string): Promise<string | null> {
  const { rows } = await loadPortalRows(deps, { ...session, configuration: found.configuration.id });
  return rows.find('subscription', id)?.pendingUpdate?.invoice ?? null;
}
