/** The facts on which a workflow's step decides. */
import type { TransactionSql } from '../db/connect';
import { loadApprovalFacts } from '../db/approvals';
import { loadSessionFacts } from '../db/checkout';
import { loadRequestFacts } from '../db/contracts';
import { loadEvidence } from '../db/evidence';
import { loadFacts, lockIntent, type FactsOf } from '../db/facts';
import { loadUsage } from '../db/metering/usage-facts';
import { loadTicketFacts } from '../db/support';
import { loadWithNamed } from '../db/named-facts';
import type { StoredRequest } from '../db/step-requests';
import type { Named, Scope } from '../domain/core/steps';
import type { Rows } from '../domain/rows/rows';
import type { EntityRef, WorkflowKind } from '../domain/rows/workflow';
import { namedIn } from '../domain/steps/registry';

/** A step, its entity and its time. */
export interface StepOf {
  entity: EntityRef;
  step: string;
  /** Epoch seconds. */
  now: number;
  /** When an agenda item was due; `now` for other steps. */
  at?: number;
  /** The object of the step, if it is not the entity itself: an invoice of a subscription. */
  target?: string | undefined;
}

/** Entities whose facts are not those of a payer. */
const OWN_FACTS: Partial<Record<WorkflowKind, (tx: TransactionSql, scope: Scope, subject: string) => Promise<Rows>>> = {
  approval: loadApprovalFacts,
  checkout: loadSessionFacts,
  'customer-request': loadRequestFacts,
  support: loadTicketFacts,
};

/** The entity's rows, those that the caller's parameters reference, and the usage of metered prices at each instant that may split it. */
export async function loadStepFacts(tx: TransactionSql, input: StepOf, request: StoredRequest | null): Promise<Rows> {
  const { entity, step, now, at } = input;
  const { customer } = entity;
  const loadOwn = OWN_FACTS[entity.kind];
  if (loadOwn) return loadOwn(tx, scopeOf(entity), entity.subject);
  const [scope, of, parameters] = [scopeOf(entity), factsOf(input), request?.parameters ?? {}];
  // Without a customer no common row is locked by all writers of a payment, so the intent is locked.
  if (customer === null) await lockIntent(tx, of);
  const named = request ? namedIn(step, parameters) : namedByStep(input);
  const rows = named ? await loadWithNamed(tx, scope, { ...of, named }) : await loadFacts(tx, of);
  if (step === 'draftEvidence') return withEvidence(rows, await loadEvidence(tx, scope, entity.subject));
  if (customer === null) return rows;
  const instants = [at, parameters['proration_date']].filter((instant) => typeof instant === 'number');
  return loadUsage(tx, rows, { ...scope, customer }, { now, instants });
}

/** What the dispute's own facts say stays as it is. */
function withEvidence(rows: Rows, evidence: Rows): Rows {
  const all = evidence.copy();
  all.putAll(rows);
  return all;
}

/** What a step of the agenda is about, besides its entity. */
const namedByStep = ({ step, target }: StepOf): Named | null =>
  step === 'downgradeInRecovery' && target !== undefined ? { price: [target] } : null;

export const scopeOf = ({ account, livemode }: EntityRef): Scope => ({ account, livemode });

function factsOf({ entity, target }: StepOf): FactsOf {
  const { account, customer, subject, kind } = entity;
  return { account, customer, ...ASKED_BY[kind](subject, target ?? null, customer) };
}

/** The facts that each kind of workflow needs. The target is the step's object if that is not the entity itself. */
const ASKED_BY: Record<WorkflowKind, (subject: string, target: string | null, customer: string | null) => Omit<FactsOf, 'account'>> = {
  subscription: (subscription, invoice) => ({ subscription, invoice }),
  quote: (quote) => ({ quote }),
  checkout: () => ({}),
  support: () => ({}),
  'customer-request': () => ({}),
  approval: () => ({}),
  schedule: (schedule) => ({ schedule }),
  invoice: (invoice) => ({ invoice }),
  dunning: (invoice) => ({ invoice }),
  payment: (intent, paymentMethod) => ({ intent, paymentMethod }),
  refund: (refund, charge) => ({ refund, charge }),
  dispute: (dispute) => ({ dispute }),
  review: (review) => ({ review }),
  usage: (watched) => ({ watched }),
  // Those of the customer contain its tax ids.
  'tax-id': () => ({}),
  card: (paymentMethod, _target, spender) => ({ paymentMethod, spender }),
};
