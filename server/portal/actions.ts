/** What the forms of the portal do: each makes requests of the API, if the configuration allows it. */
import { customerTime } from '../../db/lookup';
import { enteredTaxId } from '../../domain/customer/entered-tax-ids';
import {
  canBeRenewed,
  cancelObstacle,
  canRemoveCard,
  choiceObstacle,
  itemsOf,
  updateObstacle,
  type PlanChoice,
} from '../../domain/portal/permissions';
import { CANCELLATION_REASONS } from '../../domain/rows/portal';
import type { Subscription, SubscriptionItem } from '../../domain/rows/subscription';
import type { Problem } from '../../web/checkout/model';
import { areValid, detailsOf as enteredDetails, shownAmount, type Entries } from '../checkout/form';
import type { RawParameters } from '../http/validation';
import { createCustomerTaxId } from '../routes/customers/create-tax-id';
import { deleteCustomerTaxId } from '../routes/customers/delete-tax-id';
import { updateCustomerOperation } from '../routes/customers/update';
import { detachPaymentMethodOperation } from '../routes/payment-methods/detach';
import { cancelSubscription } from '../routes/subscriptions/cancel';
import { updateSubscription } from '../routes/subscriptions/update';
import { deleteLicenseActivation } from '../routes/licenses/delete-activation';
import { loadLicenses } from './access';
import { addCard, useCard } from './cards';
import { change, type Visit } from './operations';
import { callOf, previewOf, type PlanChange } from './plan-change';
import { askOnPage, writeOnPage } from '../support/forms';
import { loadPortalRows } from './rows';
import type { Submission } from './submission';

export interface Outcome {
  problem: Problem | null;
  /** Whether something has changed. */
  isDone: boolean;
  /** Whether the action is what a flow is for. */
  completes: boolean;
  /** Where the customer goes on: to the bank, to an invoice that wants to be paid, or to its questions. Null: on the portal. */
  leadsTo: string | null;
}

type Action = (submission: Submission) => Promise<Outcome>;

const done = (problem: Problem | null, completes = false, leadsTo: string | null = null): Outcome => ({
  problem,
  isDone: true,
  completes,
  leadsTo,
});
/** The page was outdated: nothing changes, and the customer sees how it stands. */
const nothing = (): Promise<Outcome> => Promise.resolve({ ...done(null), isDone: false });

const ACTIONS: Record<string, Action> = {
  keep,
  cancel,
  change: changePlan,
  add_card: async (submission) => {
    const { problem, bank } = await addCard(submission);
    return done(problem, true, bank);
  },
  default_card: async ({ visit, found, entries, key }) => {
    const card = found.cards.find(({ id }) => id === entries['card']);
    if (card === undefined || !found.configuration.features.payment_method_update.enabled) return nothing();
    return done(await useCard(visit, found, key, card.id));
  },
  remove_card: removeCard,
  details: (submission) => updateDetails(submission, detailsIn(submission)),
  address: (submission) => updateDetails(submission, addressIn(submission)),
  add_tax_id: addTaxId,
  remove_tax_id: removeTaxId,
  deactivate: deactivateMachine,
  ask,
  write,
};

/** So that another machine can use the license. */
async function deactivateMachine({ visit, entries, key }: Submission): Promise<Outcome> {
  const licenses = await loadLicenses(visit.deps, visit.session);
  const activation = licenses.find('licenseActivation', entries['activation'] ?? null);
  if (activation === undefined) return nothing();
  const path = { license: activation.license, activation: activation.id };
  const { problem } = await change(visit, key, { operation: deleteLicenseActivation, path, parameters: {} });
  return done(problem, false, problem === null ? `${new URL(visit.session.url).pathname}/access` : null);
}

export async function act(submission: Submission): Promise<Outcome> {
  const { entries } = submission;
  const action = entries['action'] ?? '';
  if (!Object.hasOwn(ACTIONS, action)) return nothing();
  if (!areValid(entries)) return done('missing');
  return (ACTIONS[action] as Action)(submission);
}

const chosen = ({ found, entries }: Submission): Subscription | undefined =>
  found.subscriptions.find(({ id }) => id === entries['subscription']);

async function ask({ visit, found, entries, key }: Submission): Promise<Outcome> {
  const { deps, session } = visit;
  return told(await askOnPage(deps, visit, session, { key, entries, ticket: { customer: found.customer.id, source: 'portal' } }));
}

async function write({ visit, found, entries, key }: Submission): Promise<Outcome> {
  const { deps, session } = visit;
  return told(await writeOnPage(deps, visit, session, { key, entries, customer: found.customer.id }));
}

/** The customer stays at its questions. */
const told = (problem: Problem | null): Outcome => ({ ...done(problem), leadsTo: problem === null ? 'support' : null });

/** Takes a cancellation back. */
async function keep(submission: Submission): Promise<Outcome> {
  const { visit, found, key } = submission;
  const subscription = chosen(submission);
  if (subscription === undefined || !canBeRenewed(found.configuration, subscription)) return nothing();
  const parameters = subscription.cancelAtPeriodEnd ? { cancel_at_period_end: 'false' } : { cancel_at: '' };
  const { problem } = await change(visit, key, { operation: updateSubscription, path: { subscription: subscription.id }, parameters });
  return done(problem);
}

async function cancel(submission: Submission): Promise<Outcome> {
  const { visit, found, key, entries } = submission;
  const subscription = chosen(submission);
  if (subscription === undefined || cancelObstacle(found.configuration, subscription) !== null) return done(null, true);
  const { mode, proration_behavior: behavior, cancellation_reason: reason } = found.configuration.features.subscription_cancel;
  const path = { subscription: subscription.id };
  const why = reason.enabled ? { cancellation_details: reasonIn(entries) } : {};
  const { problem } =
    mode === 'at_period_end'
      ? await change(visit, key, { operation: updateSubscription, path, parameters: { cancel_at_period_end: 'true', ...why } })
      : await change(visit, key, {
          operation: cancelSubscription,
          path,
          parameters: { ...why, ...(behavior === 'none' ? {} : { prorate: 'true', invoice_now: 'true' }) },
        });
  return done(problem, true);
}

function reasonIn({ feedback = '', comment = '' }: Entries): RawParameters {
  const isKnown = (CANCELLATION_REASONS as readonly string[]).includes(feedback);
  return { ...(isKnown ? { feedback } : {}), ...(comment === '' ? {} : { comment }) };
}

/** An hour: who waits longer sees what the change costs by then. */
const PREVIEW_SECONDS = 3600;

async function changePlan(submission: Submission): Promise<Outcome> {
  const { visit, found, entries, key } = submission;
  const { configuration, rows } = found;
  const subscription = chosen(submission);
  if (subscription === undefined || updateObstacle(rows, configuration, subscription) !== null) return done(null, true);
  const [item] = itemsOf(rows, subscription) as [SubscriptionItem];
  const planned = { subscription, item, ...choiceIn(entries, item), at: instantIn(entries) };
  if (isSame(item, planned)) return done(null, true);
  if (choiceObstacle(rows, configuration, { subscription, item }, planned) !== null) return done('missing');
  if (await costsMore(submission, planned)) return done('amountChanged');
  const { problem } = await change(visit, key, callOf(configuration, planned));
  return done(problem, true, problem === null ? await invoiceToPay(submission, subscription.id) : null);
}

export const isSame = (item: SubscriptionItem, { price, quantity }: PlanChoice): boolean =>
  price === item.price && quantity === item.quantity;

/** Whether the change costs more than the page has shown, or the page is too old to say. */
async function costsMore({ visit, found, entries }: Submission, planned: PlanChange): Promise<boolean> {
  if (!(await isRecent(visit, planned.at))) return true;
  const { due, isNow } = await previewOf(visit, found.configuration, planned);
  return isNow && due > (shownAmount(entries) ?? 0);
}

export function choiceIn({ price, quantity = '' }: Entries, item: SubscriptionItem): PlanChoice {
  return { price: price ?? item.price, quantity: /^\d{1,15}$/.test(quantity) ? Number(quantity) : item.quantity };
}

const instantIn = ({ at = '' }: Entries): number => (/^\d{1,12}$/.test(at) ? Number(at) : 0);

async function isRecent({ deps, session }: Visit, at: number): Promise<boolean> {
  const now = await customerNow(deps, session);
  return at <= now && at > now - PREVIEW_SECONDS;
}

/** The present of the customer, who may be on a test clock. Epoch seconds. */
export async function customerNow({ sql }: Visit['deps'], { account, livemode, customer }: Visit['session']): Promise<number> {
  const time = await customerTime(sql, { account, livemode }, customer);
  return time?.now ?? Math.floor(Date.now() / 1000);
}

/** A change that waits for its payment has an invoice, on whose page the customer pays, or approves the payment. */
async function invoiceToPay({ visit: { deps, session }, found }: Submission, id: string): Promise<string | null> {
  const { rows } = await loadPortalRows(deps, { ...session, configuration: found.configuration.id });
  return rows.find('subscription', id)?.pendingUpdate?.invoice ?? null;
}

async function removeCard({ visit, found, entries, key }: Submission): Promise<Outcome> {
  const card = found.cards.find(({ id }) => id === entries['card']);
  if (card === undefined || !canRemoveCard(found.configuration, card, found)) return nothing();
  const { problem } = await change(visit, key, {
    operation: detachPaymentMethodOperation,
    path: { payment_method: card.id },
    parameters: {},
  });
  return done(problem);
}

async function updateDetails({ visit, key }: Submission, parameters: RawParameters | null): Promise<Outcome> {
  if (parameters === null) return done('missing');
  if (Object.keys(parameters).length === 0) return nothing();
  const path = { customer: visit.session.customer };
  const { problem } = await change(visit, key, { operation: updateCustomerOperation, path, parameters });
  return done(problem, true);
}

const allowedBy = ({ found }: Submission): readonly string[] => {
  const { enabled, allowed_updates: allowed } = found.configuration.features.customer_update;
  return enabled ? allowed : [];
};

/** Null if an e-mail address is missing. */
function detailsIn(submission: Submission): RawParameters | null {
  const { entries } = submission;
  const allowed = allowedBy(submission);
  if (allowed.includes('email') && (entries['email'] ?? '') === '') return null;
  const names = ['email', 'name', 'phone'].filter((name) => allowed.includes(name) && entries[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, entries[name]]));
}

function addressIn(submission: Submission): RawParameters | null {
  if (!allowedBy(submission).includes('address')) return {};
  const { address } = enteredDetails(submission.entries);
  return address ? { address: Object.fromEntries(Object.entries(address).map(([part, text]) => [part, text ?? ''])) } : null;
}

async function addTaxId(submission: Submission): Promise<Outcome> {
  const { visit, found, entries, key } = submission;
  if (!allowedBy(submission).includes('tax_id')) return nothing();
  const taxId = enteredTaxId(found.customer.address?.country ?? '', entries['tax_id'] ?? '', visit.session.livemode);
  if (taxId === null) return done('wrongTaxId');
  const path = { customer: found.customer.id };
  const { problem } = await change(visit, key, { operation: createCustomerTaxId, path, parameters: { ...taxId } });
  return done(problem, true);
}

async function removeTaxId(submission: Submission): Promise<Outcome> {
  const { visit, found, entries, key } = submission;
  const taxId = found.rows.find('taxId', entries['tax_id_row'] ?? '');
  if (taxId === undefined || !allowedBy(submission).includes('tax_id')) return nothing();
  const path = { customer: found.customer.id, id: taxId.id };
  const { problem } = await change(visit, key, { operation: deleteCustomerTaxId, path, parameters: {} });
  return done(problem, true);
}
