import type { AgendaStep } from './lifecycle';

/** The kinds of workflow, in the order in which those of one customer are stepped at one instant of a test clock. */
export const WORKFLOW_KINDS = ['payment', 'refund', 'dispute', 'dunning', 'invoice', 'quote', 'schedule', 'subscription', 'usage'] as const;
export type WorkflowKind = (typeof WORKFLOW_KINDS)[number];

/** An entity as whoever messages its workflow knows it. */
export interface EntityRef {
  kind: WorkflowKind;
  subject: string;
  account: string;
  livemode: boolean;
  customer: string | null;
  testClock: string | null;
}

/** What a running workflow waits for; written by each of its commits. */
export interface WorkflowRow {
  /** The workflow id, `<kind>/<subject>`. */
  id: string;
  kind: WorkflowKind;
  subject: string;
  account: string;
  livemode: boolean;
  customer: string | null;
  testClock: string | null;
  status: string;
  nextDue: number | null;
  nextStep: string | null;
  agenda: AgendaItem[];
  startedAt: number;
  endedAt: number | null;
}

/** Something that a workflow will do by itself at `at` (epoch seconds): the step's name, and what it is about. */
export interface AgendaItem {
  step: AgendaStep;
  at: number;
  /** Tells it from the other items of its workflow; with the workflow's version it is the cause of one commit. */
  cause: string;
  /** What it is about where that is not the workflow's subject: an invoice of a subscription. */
  target?: string;
}

/**
 * The cause of one occurrence of an agenda item: `version` counts the workflow's commits, so that what is due again (the same trial
 * end, the same card) is another cause, and one that was spent is never asked for again.
 */
export const occurrenceOf = (item: Pick<AgendaItem, 'cause'>, version: number): string => `${item.cause}/${String(version)}`;

export const workflowId = (kind: WorkflowKind, subject: string): string => `${kind}/${subject}`;

/** The activity that commits a step: one each, so that people read in the Temporal UI what was done. */
export const commitActivity = (step: string): `commit/${string}` => `commit/${step}`;
