/**
 * Where a workflow stands, derived from the rows alone: its status, what it has to do outside (a charge, a refund), and its
 * agenda. A lost workflow is started again from this.
 */
import type { AgendaStep, CallName } from '../rows/lifecycle';
import type { Rows } from '../rows/rows';
import { workflowId, type AgendaItem, type EntityRef, type WorkflowRow } from '../rows/workflow';

/** The activities that leave the building: how long they take is the processor's. */
export const CALL_ACTIVITIES = [
  'attemptPayment',
  'resolvePayment',
  'capturePayment',
  'cancelPayment',
  'sendRefund',
  'resolveRefund',
  'submitEvidence',
  'closeDispute',
] as const satisfies readonly CallName[];

/** Something that leaves the building, to be done before anything else: the activity, and the step that records its answer. */
export interface PendingCall {
  activity: CallName;
  /** The attempt, refund or dispute; with the activity it is the gateway's idempotency key. */
  id: string;
  gateway: string;
  /** The step that commits the answer, and its cause. */
  step: string;
  cause: string;
  /** For people who read the history: amounts and ids only. */
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

/**
 * The workflow's row as the clock, the sweep and lists by what is due read it.
 *
 * @param now epoch seconds; when it begins, where it has no row yet
 */
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

/** An agenda item whose cause is its step and its instant, or what it is about. */
export function agendaItem(step: AgendaStep, at: number, target?: string): AgendaItem {
  return target === undefined ? { step, at, cause: `${step}/${String(at)}` } : { step, at, cause: `${step}/${target}`, target };
}

/** How to derive each kind's standing; `now` only decides what is overdue. */
export type DeriveState = (rows: Rows, subject: string, now: number) => EntityState;
