/** What the forms of the portal do: each makes requests of the API, if the configuration allows it. */
import { enteredTaxId } from '../../domain/customer/entered-tax-ids';
import { canRemoveCard } from '../../domain/portal/permissions';
import { areValid, detailsOf as enteredDetails, shippingOf } from '../checkout/form';
import type { RawParameters } from '../http/validation';
import { createCustomerTaxId } from '../routes/customers/create-tax-id';
import { deleteCustomerTaxId } from '../routes/customers/delete-tax-id';
import { updateCustomerOperation } from '../routes/customers/update';
import { detachPaymentMethodOperation } from '../routes/payment-methods/detach';
import { deleteLicenseActivation } from '../routes/licenses/delete-activation';
import { loadLicenses } from './access';
import { addCard, useCard } from './cards';
import type { Problem } from '../../web/checkout/model';
import { askOnPage, writeOnPage } from '../support/forms';
import { change } from './operations';
import { done, nothing, type Outcome } from './outcome';
import { deleteMe } from './privacy';
import { accept } from './quotes';
import { stay } from './retention';
import type { Submission } from './submission';
import { cancel, changePlan, keep, pause, resume, unplan } from './subscription-actions';

type Action = (submission: Submission) => Promise<Outcome>;

const ACTIONS: Record<string, Action> = {
  keep,
  cancel,
  stay,
  pause,
  resume,
  unplan,
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
  shipping: (submission) => updateDetails(submission, shippingIn(submission)),
  add_tax_id: addTaxId,
  remove_tax_id: removeTaxId,
  deactivate: deactivateMachine,
  ask,
  write,
  delete_me: deleteMe,
  accept_quote: accept,
};

export const PORTAL_ACTIONS: readonly string[] = Object.keys(ACTIONS);

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

async function ask({ visit, found, entries, key }: Submission): Promise<Outcome> {
  const { deps, session } = visit;
  return told(await askOnPage(deps, visit, session, { key, entries, ticket: { customer: found.customer.id, source: 'portal' } }));
}

async function write({ visit, found, entries, key }: Submission): Promise<Outcome> {
  const { deps, session } = visit;
  return told(await writeOnPage(deps, visit, session, { key, entries, customer: found.customer.id }));
}

/** The customer stays at its questions. */
const told = (problem: Problem | null): Outcome => {
  if (problem === null) return { ...done(null), leadsTo: 'support' };
  return done(problem === 'missing' || problem === 'submittedElsewhere' ? problem : 'failed');
};

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

/** Where goods go. An entry that is missing leaves what there is. */
function shippingIn(submission: Submission): RawParameters | null {
  if (!allowedBy(submission).includes('shipping')) return {};
  const shipping = shippingOf(submission.entries);
  if (shipping === null) return null;
  const { name, phone } = { ...shipping, phone: shipping.phone ?? submission.found.customer.shipping?.phone ?? null };
  const address = Object.fromEntries(Object.entries(shipping.address).map(([part, text]) => [part, text ?? '']));
  return { shipping: { name, ...(phone === null ? {} : { phone }), address } };
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
