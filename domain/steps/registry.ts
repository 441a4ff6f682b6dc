import { changedSubscriptions, settleEntitlements } from '../access/entitlements';
import { recordMovements } from '../insight/movements';
import { settleLicenses } from '../access/licenses';
import { deriveState } from '../agenda/registry';
import type { ChangeSet } from '../core/change-set';
import { requireBilledHere } from '../core/fence';
import type { AnyStep, Named, StepInput } from '../core/steps';
import { approvalSteps } from './approval';
import { cardSteps } from './card';
import { checkoutSteps } from './checkout';
import { customerRequestSteps } from './customer-request';
import { paymentSteps } from './payment';
import { quoteSteps } from './quote';
import { refundSteps } from './refund';
import { reviewSteps } from './review';
import { disputeSteps } from './dispute';
import { dunningSteps } from './dunning';
import { invoiceSteps } from './invoice';
import { followSubscription } from '../schedule/mirror';
import { scheduleSteps } from './schedule';
import { settleSubscription } from '../subscription/settlement';
import { subscriptionSteps } from './subscription';
import { supportSteps } from './support';
import { taxIdSteps } from './tax-id';
import { usageSteps } from './usage';
import { wakeCheckout, wakeSpendWatch } from '../core/wakes';
import { workflowId } from '../rows/workflow';

/** Every step that a workflow can commit, by its name in messages and in the timeline. */
export const STEPS: Record<string, AnyStep | undefined> = {
  ...paymentSteps,
  ...refundSteps,
  ...disputeSteps,
  ...dunningSteps,
  ...invoiceSteps,
  ...quoteSteps,
  ...checkoutSteps,
  ...scheduleSteps,
  ...subscriptionSteps,
  ...usageSteps,
  ...taxIdSteps,
  ...supportSteps,
  ...reviewSteps,
  ...customerRequestSteps,
  ...approvalSteps,
  ...cardSteps,
};

/** The rows that a step's parameters reference. */
export function namedIn(step: string, parameters: Record<string, unknown>): Named {
  return STEPS[step]?.references?.(parameters) ?? {};
}

/**
 * Runs a step. After a step of a subscription it also applies the settlements that follow, and emits the subscription's update. What
 * customers have access to follows from their subscriptions.
 */
export function planStep(changes: ChangeSet, step: string, input: StepInput): void {
  const found = STEPS[step];
  if (!found) throw new Error(`no step is called ${step}`);
  if (step in subscriptionSteps || step in scheduleSteps) refuseOutsideFence(changes, input);
  found.plan(changes, input);
  leaveAsleep(changes);
  if (input.workflow === workflowId('subscription', input.subject)) settleOwn(changes, input);
  settleFollowing(changes);
}

/** What follows from the subscriptions that have changed: access, licenses and recurring revenue. */
export function settleFollowing(changes: ChangeSet): void {
  const subscriptions = changedSubscriptions(changes);
  settleEntitlements(changes, subscriptions);
  settleLicenses(changes, subscriptions);
  recordMovements(changes, subscriptions);
}

/** What a caller asks of a subscription that another system bills would make the two differ. */
function refuseOutsideFence(changes: ChangeSet, { customer }: StepInput): void {
  if (changes.context.request !== null) requireBilledHere(changes, changes.rows.find('customer', customer));
}

function settleOwn(changes: ChangeSet, input: StepInput): void {
  settleSubscription(changes, input.subject);
  followSubscription(changes, input.subject);
  wakeSpendWatch(changes, input.subject);
  wakeCheckout(changes, input.subject);
  const isDeleted = changes.events.some((event) => event.type === 'customer.subscription.deleted');
  if (!isDeleted && changes.rows.find('subscription', input.subject)) {
    changes.emitUpdated('customer.subscription.updated', 'subscription', input.subject);
  }
}

/** A subscription whose status, call and agenda stay as they were has nothing to do: a retry that is declined again does not wake it. */
function leaveAsleep(changes: ChangeSet): void {
  changes.dropWakes(({ kind, subject }) => {
    if (kind !== 'subscription' || !changes.base.find('subscription', subject)) return false;
    const [before, after] = [changes.base, changes.rows].map((rows) => JSON.stringify(deriveState({ kind, subject }, rows, changes.now)));
    return before === after;
  });
}
