/** What can be asked of a subscription, and what it does by itself when its time has come. */
import { billThreshold } from '../subscription/thresholds';
import { discountReferences } from '../discount/references';
import type { Plan } from '../core/change-set';
import type { RowKind } from '../rows/rows';
import type { Step, StepInput } from '../core/steps';
import { cancelOnSchedule, cancelSubscription } from '../subscription/cancellation';
import { updateSubscription } from '../subscription/change';
import { createSubscription } from '../subscription/creation';
import { deleteSubscriptionDiscount, expireIncomplete, resumeCollection } from '../subscription/endings';
import { itemRequest } from '../subscription-item/requests';
import { expireResumption, pauseSubscription, resumeSubscription } from '../subscription/pause';
import { announceTrialEnd, renewSubscription } from '../subscription/renewal';
import { expirePendingUpdate } from '../subscription/settlement';
import type {
  CancelSubscriptionParameters,
  DiscountParameters,
  ItemChangeParameters,
  ItemParameters,
  ResumeSubscriptionParameters,
  UpdateSubscriptionParameters,
} from '../rows/subscription-parameters';

/** As the route's schema has parsed them. */
const asked = (input: StepInput): unknown => input.parameters;

export const subscriptionSteps: Record<string, Step> = {
  createSubscription: { plan: createSubscription, references },
  updateSubscription: {
    plan: (plan, input) => updateSubscription(plan, input.subject, asked(input) as UpdateSubscriptionParameters),
    references,
  },
  cancelSubscription: { plan: (plan, input) => cancelSubscription(plan, input.subject, asked(input) as CancelSubscriptionParameters) },
  pauseSubscription: { plan: (plan, input) => pauseSubscription(plan, input.subject) },
  resumeSubscription: { plan: (plan, input) => resumeSubscription(plan, input.subject, asked(input) as ResumeSubscriptionParameters) },
  createSubscriptionItem: { plan: (plan, input) => changeItem(plan, input, 'create'), references },
  updateSubscriptionItem: { plan: (plan, input) => changeItem(plan, input, 'update'), references },
  deleteSubscriptionItem: { plan: (plan, input) => changeItem(plan, input, 'delete'), references },
  deleteDiscount: { plan: (plan, input) => deleteSubscriptionDiscount(plan, input.subject) },
  billThreshold: { plan: (plan, input) => billThreshold(plan, input.subject) },
  renewSubscription: { plan: (plan, input) => renewSubscription(plan, input.subject, input.at) },
  cancelOnSchedule: { plan: (plan, input) => cancelOnSchedule(plan, input.subject, input.at) },
  announceTrialEnd: { plan: (plan, input) => announceTrialEnd(plan, input.subject) },
  expireIncomplete: { plan: (plan, input) => expireIncomplete(plan, input.subject) },
  expirePendingUpdate: { plan: (plan, input) => expirePendingUpdate(plan, input.subject) },
  expireResumption: { plan: (plan, input) => expireResumption(plan, input.subject) },
  resumeCollection: { plan: (plan, input) => resumeCollection(plan, input.subject) },
  // The settling itself follows every step of a subscription.
  settleSubscription: { plan: () => undefined },
};

function changeItem(plan: Plan, input: StepInput, verb: 'create' | 'update' | 'delete'): void {
  updateSubscription(plan, input.subject, itemRequest(verb, input.subject, asked(input) as ItemChangeParameters));
}

/** The rows that a subscription's parameters name. */
function references(
  parameters: Record<string, unknown>,
  scope: { account: string; livemode: boolean },
): Partial<Record<RowKind, string[]>> {
  const items = [...listOf<ItemParameters>(parameters['items']), parameters as ItemParameters];
  const extra = listOf<{ price: string; tax_rates?: string[]; discounts?: DiscountParameters[] | null }>(parameters['add_invoice_items']);
  const discounts = [parameters as ItemParameters, ...items, ...extra].flatMap((each) => listOf<DiscountParameters>(each.discounts));
  return {
    price: [...items, ...extra].flatMap(({ price }) => (price ? [price] : [])),
    taxRate: [...items, ...extra].flatMap(({ tax_rates }) => tax_rates ?? []).concat(listOf<string>(parameters['default_tax_rates'])),
    ...discountReferences(discounts, scope),
    paymentMethod: typeof parameters['default_payment_method'] === 'string' ? [parameters['default_payment_method']] : [],
  };
}

function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
