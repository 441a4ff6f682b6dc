/** What a step of a workflow decides on. */
import type { TransactionSql } from '../db/connect';
import { loadFacts, lockIntent, type FactsOf } from '../db/facts';
import { loadUsage } from '../db/metering/usage-facts';
import { loadWithNamed } from '../db/named-facts';
import type { StoredRequest } from '../db/step-requests';
import type { Scope } from '../domain/core/steps';
import type { Rows } from '../domain/rows/rows';
import type { EntityRef, WorkflowKind } from '../domain/rows/workflow';
import { namedIn } from '../domain/steps/registry';

/** Which step, of whom, and when. */
export interface StepOf {
  entity: EntityRef;
  step: string;
  /** Epoch seconds. */
  now: number;
  /** When an agenda item was due; `now` where it is not from the agenda. */
  at?: number;
  /** What it is about where that is not the entity itself: an invoice of a subscription. */
  target?: string | undefined;
}

/** The entity's rows, those that the caller's parameters name, and, where something is metered, its count at each instant that may cut it. */
export async function loadStepFacts(tx: TransactionSql, input: StepOf, request: StoredRequest | null): Promise<Rows> {
  const { entity, step, now, at } = input;
  const { customer } = entity;
  const [scope, of, parameters] = [scopeOf(entity), factsOf(input), request?.parameters ?? {}];
  // Without a customer there is no row that all who write to a payment have locked: its intent is.
  if (customer === null) await lockIntent(tx, of);
  const rows = request ? await loadWithNamed(tx, scope, { ...of, named: namedIn(step, parameters, scope) }) : await loadFacts(tx, of);
  if (customer === null) return rows;
  const instants = [at, parameters['proration_date']].filter((instant) => typeof instant === 'number');
  return loadUsage(tx, rows, { ...scope, customer }, { now, instants });
}

export const scopeOf = ({ account, livemode }: EntityRef): Scope => ({ account, livemode });

function factsOf({ entity, target }: StepOf): FactsOf {
  const { account, customer, subject, kind } = entity;
  return { account, customer, ...ASKED_BY[kind](subject, target ?? null) };
}

/** What each kind of workflow decides on; the target is what a step is about where that is not the subject. */
const ASKED_BY: Record<WorkflowKind, (subject: string, target: string | null) => Omit<FactsOf, 'account'>> = {
  subscription: (subscription, invoice) => ({ subscription, invoice }),
  quote: (quote) => ({ quote }),
  schedule: (schedule) => ({ schedule }),
  invoice: (invoice) => ({ invoice }),
  dunning: (invoice) => ({ invoice }),
  payment: (intent, paymentMethod) => ({ intent, paymentMethod }),
  refund: (refund, charge) => ({ refund, charge }),
  dispute: (dispute) => ({ dispute }),
  usage: (watched) => ({ watched }),
};
