/** The steps of a subscription: those that callers request, and those on its agenda. */
import { billThreshold } from '../subscription/thresholds';
import { discountReferences } from '../discount/references';
import { recordRetentionAnswer } from '../portal/retention';
import { announceRenewal, noticeCharge } from '../preview/renewal-notice';
import { step, type AnyStep, type Named, type Step } from '../core/steps';
import { cancelOnSchedule, cancelSubscription } from '../subscription/cancellation';
import { insideFence } from '../migration/shadow';
import { updateSubscription } from '../subscription/change';
import { createSubscription } from '../subscription/creation';
import { deleteSubscriptionDiscount, expireIncomplete, resumeCollection } from '../subscription/endings';
import { itemRequest } from '../subscription-item/requests';
import { migrateSubscription } from '../subscription/migration';
import { billPendingItems } from '../subscription/pending-items';
import { expireResumption, pauseSubscription, resumeSubscription } from '../subscription/pause';
import { announceTrialEnd, renewSubscription } from '../subscription/renewal';
import { expirePendingUpdate } from '../subscription/settlement';
import type {
  CancelSubscriptionParameters,
  CreateSubscriptionParameters,
  ItemChangeParameters,
  ItemParameters,
  ResumeSubscriptionParameters,
  UpdateSubscriptionParameters,
} from '../rows/subscription-parameters';

export const subscriptionSteps: Record<string, AnyStep> = {
  createSubscription: step<CreateSubscriptionParameters>({ plan: createSubscription, references }),
  updateSubscription: step<UpdateSubscriptionParameters>({
    plan: (changes, { subject, parameters }) => {
      updateSubscription(changes, subject, parameters);
      recordRetentionAnswer(changes, subject, parameters.retention_answer);
    },
    references,
  }),
  cancelSubscription: step<CancelSubscriptionParameters>({
    plan: (changes, { subject, parameters }) => {
      cancelSubscription(changes, subject, parameters);
      recordRetentionAnswer(changes, subject, parameters.retention_answer);
    },
  }),
  pauseSubscription: { plan: (changes, input) => pauseSubscription(changes, input.subject) },
  resumeSubscription: step<ResumeSubscriptionParameters>({
    plan: (changes, input) => resumeSubscription(changes, input.subject, input.parameters),
  }),
  createSubscriptionItem: changeItem('create'),
  updateSubscriptionItem: changeItem('update'),
  deleteSubscriptionItem: changeItem('delete'),
  deleteDiscount: { plan: (changes, input) => deleteSubscriptionDiscount(changes, input.subject) },
  migrateSubscription: { plan: (changes, input) => migrateSubscription(changes, input.subject) },
  billThreshold: { plan: (changes, input) => insideFence(changes, input, (to) => billThreshold(to, input.subject)) },
  billPendingItems: { plan: (changes, input) => insideFence(changes, input, (to) => billPendingItems(to, input.subject)) },
  renewSubscription: { plan: (changes, input) => insideFence(changes, input, (to) => renewSubscription(to, input.subject, input.at)) },
  cancelOnSchedule: { plan: (changes, input) => insideFence(changes, input, (to) => cancelOnSchedule(to, input.subject, input.at)) },
  announceRenewal: { plan: (changes, input) => announceRenewal(changes, input.subject) },
  noticeCharge: { plan: (changes, input) => noticeCharge(changes, input.subject) },
  announceTrialEnd: { plan: (changes, input) => announceTrialEnd(changes, input.subject) },
  expireIncomplete: { plan: (changes, input) => expireIncomplete(changes, input.subject) },
  expirePendingUpdate: { plan: (changes, input) => expirePendingUpdate(changes, input.subject) },
  expireResumption: { plan: (changes, input) => expireResumption(changes, input.subject) },
  resumeCollection: { plan: (changes, input) => resumeCollection(changes, input.subject) },
  // Settlements follow every step of a subscription, so this step itself does nothing.
  settleSubscription: { plan: () => undefined },
};

function changeItem(verb: 'create' | 'update' | 'delete'): Step<ItemChangeParameters> {
  return {
    plan: (changes, { subject, parameters }) => updateSubscription(changes, subject, itemRequest(verb, subject, parameters)),
    references,
  };
}

/** The parameters of a subscription, or of one item, that can reference rows. */
interface Naming extends Pick<ItemParameters, 'price' | 'tax_rates' | 'discounts'> {
  items?: ItemParameters[];
  add_invoice_items?: Pick<ItemParameters, 'price' | 'tax_rates' | 'discounts'>[];
  default_tax_rates?: string[] | null;
  default_payment_method?: string | null;
}

/** The rows that a subscription's parameters reference. */
function references(parameters: Naming): Named {
  const { items = [], add_invoice_items: extra = [], default_payment_method: method } = parameters;
  const named = [parameters, ...items, ...extra];
  return {
    price: named.flatMap(({ price }) => price ?? []),
    taxRate: [...named.flatMap(({ tax_rates: rates }) => rates ?? []), ...(parameters.default_tax_rates ?? [])],
    ...discountReferences(named.flatMap(({ discounts }) => discounts ?? [])),
    paymentMethod: method ? [method] : [],
  };
}
