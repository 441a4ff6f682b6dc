/** The steps of a subscription: those that callers request, and those on its agenda. */
import { billThreshold } from '../subscription/thresholds';
import { discountReferences } from '../discount/references';
import type { ChangeSet } from '../core/change-set';
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

/** The parameters as the route's schema parsed them. */
const params = (input: StepInput): unknown => input.parameters;

export const subscriptionSteps: Record<string, Step> = {
  createSubscription: { plan: createSubscription, references },
  updateSubscription: {
    plan: (changes, input) => updateSubscription(changes, input.subject, params(input) as UpdateSubscriptionParameters),
    references,
  },
  cancelSubscription: {
    plan: (changes, input) => cancelSubscription(changes, input.subject, params(input) as CancelSubscriptionParameters),
  },
  pauseSubscription: { plan: (changes, input) => pauseSubscription(changes, input.subject) },
  resumeSubscription: {
    plan: (changes, input) => resumeSubscription(changes, input.subject, params(input) as ResumeSubscriptionParameters),
  },
  createSubscriptionItem: { plan: (changes, input) => changeItem(changes, input, 'create'), references },
  updateSubscriptionItem: { plan: (changes, input) => changeItem(changes, input, 'update'), references },
  deleteSubscriptionItem: { plan: (changes, input) => changeItem(changes, input, 'delete'), references },
  deleteDiscount: { plan: (changes, input) => deleteSubscriptionDiscount(changes, input.subject) },
  billThreshold: { plan: (changes, input) => billThreshold(changes, input.subject) },
  renewSubscription: { plan: (changes, input) => renewSubscription(changes, input.subject, input.at) },
  cancelOnSchedule: { plan: (changes, input) => cancelOnSchedule(changes, input.subject, input.at) },
  announceTrialEnd: { plan: (changes, input) => announceTrialEnd(changes, input.subject) },
  expireIncomplete: { plan: (changes, input) => expireIncomplete(changes, input.subject) },
  expirePendingUpdate: { plan: (changes, input) => expirePendingUpdate(changes, input.subject) },
  expireResumption: { plan: (changes, input) => expireResumption(changes, input.subject) },
  resumeCollection: { plan: (changes, input) => resumeCollection(changes, input.subject) },
  // Settlements follow every step of a subscription, so this step itself does nothing.
  settleSubscription: { plan: () => undefined },
};

function changeItem(changes: ChangeSet, input: StepInput, verb: 'create' | 'update' | 'delete'): void {
  updateSubscription(changes, input.subject, itemRequest(verb, input.subject, params(input) as ItemChangeParameters));
}

/** The rows that a subscription's parameters reference. */
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
