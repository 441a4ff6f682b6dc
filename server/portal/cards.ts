/** Cards of the portal: a new one is verified by a setup intent, with the bank's approval if it asks for it. */
import type { Request } from 'express';
import { findRow } from '../../db/lookup';
import type { SetupIntent } from '../../domain/rows/payment-intent';
import type { PortalProblem } from '../../web/words/portal-problems';
import { acceptedBy } from '../checkout/acceptance';
import { methodParametersOf } from '../checkout/entered-method';
import { updateCustomerOperation } from '../routes/customers/update';
import type { RawParameters } from '../http/validation';
import { createSetupIntent } from '../routes/setup-intents/create';
import { updateSubscription } from '../routes/subscriptions/update';
import type { MethodParameters } from '../sandbox/new-method';
import { change, type Visit } from './operations';
import type { PortalRows } from './rows';
import type { Submission } from './submission';

/** Adds the entered card. The bank's page, if it asks for approval, leads back to the card's page, which continues. */
export async function addCard(submission: Submission): Promise<Added> {
  const { visit, found, key } = submission;
  if (!found.configuration.features.payment_method_update.enabled) return { problem: null, bank: null };
  const made = await change(visit, key, { operation: createSetupIntent, parameters: parametersOf(submission) });
  if (made.problem !== null) return { problem: made.problem, bank: null };
  const intent = await findRow(visit.deps.sql, 'setupIntent', visit.session, made.key);
  const bank = intent?.status === 'requires_action' ? intent.nextAction?.url : undefined;
  if (bank !== undefined) return { problem: null, bank };
  const card = verifiedCard(intent);
  if (card === null) return { problem: 'declined', bank: null };
  const problem = isForAll(submission) ? await useCard(visit, found, `${key}/default`, card) : null;
  return { problem, bank: null };
}

const verifiedCard = (intent: SetupIntent | null): string | null => (intent?.status === 'succeeded' ? intent.paymentMethod : null);

interface Added {
  problem: PortalProblem | null;
  /** The page on which the customer's bank asks for approval. */
  bank: string | null;
}

/**
 * Whether the card is charged from now on: if a flow asked for it, or the form says so, as that of a first card does. The customer's rows do not
 * decide: they have changed when the form is sent again.
 */
const isForAll = ({ visit: { session }, entries }: Submission): boolean =>
  session.flow?.type === 'payment_method_update' || entries['default'] === 'yes';

function parametersOf(submission: Submission): RawParameters {
  const { deps, session, request } = submission.visit;
  const origin = deps.config.publicUrl ?? `${request.protocol}://${request.host}`;
  const then = isForAll(submission) ? '?then=default' : '';
  return {
    customer: session.customer,
    payment_method_data: rawMethod(methodParametersOf(submission.entries, submission.found.customer)),
    mandate_data: rawMandate(submission.visit.request),
    confirm: 'true',
    usage: 'off_session',
    return_url: `${origin}${new URL(session.url).pathname}/card${then}`,
  };
}

/** As a request has them: numbers as text, and nothing that is not there. */
const rawMethod = (method: MethodParameters): RawParameters => JSON.parse(JSON.stringify(method, textOf)) as RawParameters;
const rawMandate = (request: Request): RawParameters => ({ ...acceptedBy(request) });
const textOf = (_: string, value: unknown): unknown => (typeof value === 'number' ? String(value) : value === null ? undefined : value);

/** The customer comes back from the bank. Null: there is nothing to continue. */
export async function continueCard(visit: Visit, found: PortalRows): Promise<{ problem: PortalProblem | null } | null> {
  const { setup_intent: id, then } = visit.query;
  if (id === undefined) return null;
  const intent = await findRow(visit.deps.sql, 'setupIntent', visit.session, id);
  if (intent?.customer !== visit.session.customer) return null;
  const card = verifiedCard(intent);
  if (card === null) return { problem: 'declined' };
  return { problem: then === 'default' ? await useCard(visit, found, `continue/${id}`, card) : null };
}

/** Charges this card from now on: the customer's default, also of subscriptions that had another of their own. */
export async function useCard(
  visit: Visit,
  { subscriptions, customer }: PortalRows,
  key: string,
  card: string,
): Promise<PortalProblem | null> {
  const { problem } = await change(visit, key, {
    operation: updateCustomerOperation,
    path: { customer: customer.id },
    parameters: { invoice_settings: { default_payment_method: card } },
  });
  if (problem !== null) return problem;
  for (const { id, defaultPaymentMethod: own } of subscriptions) {
    if (own === null || own === card) continue;
    const parameters = { default_payment_method: card };
    const changed = await change(visit, `${key}/${id}`, { operation: updateSubscription, path: { subscription: id }, parameters });
    if (changed.problem !== null) return changed.problem;
  }
  return null;
}
