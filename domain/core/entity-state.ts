/**
 * The state of an entity, derived from the rows alone: its status, its pending call (a charge, a refund), and its agenda. A lost workflow
 * is restarted from it.
 */
import type { AgendaStep, CallName } from '../rows/lifecycle';
import type { Rows } from '../rows/rows';
import { workflowId, type AgendaItem, type EntityRef, type WorkflowRow } from '../rows/workflow';

/** The activities that make external calls. Their duration depends on the processor. */
export const CALL_ACTIVITIES = [
  'attemptPayment',
  'resolvePayment',
  'capturePayment',
  'cancelPayment',
  'sendRefund',
  'resolveRefund',
  'submitEvidence',
  'closeDispute',
  'checkTaxId',
] as const satisfies readonly CallName[];

/** An external call that the workflow makes before anything else: the activity, and the step that records its answer. */
export interface PendingCall {
  activity: CallName;
  /** The id of the attempt, refund, dispute or tax id. With the activity it is the gateway's idempotency key. */
  id: string;
  /** Of a tax id: the registry. */
  gateway: string;
  /** The step that commits the answer, and its commit key. */
  step: string;
  commitKey: string;
  /** For readers of the history: amounts and ids only. */
  summary: string;
}

export interface EntityState {
  status: string;
  pendingCall: PendingCall | null;
  /** Earliest first. */
  agenda: AgendaItem[];
  ended: boolean;
}

export const ENDED = (status: string): EntityState => ({ status, pendingCall: null, agenda: [], ended: true });

/** The workflow's row, for the test clock, the sweep and the lists of due entities. */
export function workflowRow(entity: EntityRef, state: EntityState, now: number): WorkflowRow {
  const { kind, subject, account, livemode, customer, testClock } = entity;
  const next = state.agenda[0];
  return {
    ...{ kind, subject, account, livemode, customer, testClock },
    id: workflowId(kind, subject),
    status: state.status,
    nextDue: state.pendingCall ? now : (next?.at ?? null),
    nextStep: state.pendingCall?.activity ?? next?.step ?? null,
    agenda: state.agenda,
    startedAt: now,
    endedAt: state.ended ? now : null,
  };
}

export const byTime = (agenda: AgendaItem[]): AgendaItem[] => agenda.sort((a, b) => a.at - b.at);

/** An agenda item. Its key is its step with its instant, or with its target. */
export function agendaItem(step: AgendaStep, at: number, target?: string): AgendaItem {
  return target === undefined ? { step, at, key: `${step}/${String(at)}` } : { step, at, key: `${step}/${target}`, target };
}

/** Derives the state of one kind of entity; `now` only decides what is overdue. */
export type DeriveState = (rows: Rows, subject: string, now: number) => EntityState;
