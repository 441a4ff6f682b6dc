import type { AgendaStep } from './lifecycle';

/** The kinds of workflow. On a test clock, those of one customer that are due at the same instant are stepped in this order. */
export const WORKFLOW_KINDS = [
  'payment',
  'refund',
  'dispute',
  'dunning',
  'invoice',
  'quote',
  'schedule',
  'subscription',
  'checkout',
  'usage',
  'tax-id',
  'support',
  'review',
  'customer-request',
  'approval',
  'card',
] as const;
export type WorkflowKind = (typeof WORKFLOW_KINDS)[number];

/** An entity, as code that messages its workflow identifies it. */
export interface EntityRef {
  kind: WorkflowKind;
  subject: string;
  account: string;
  livemode: boolean;
  customer: string | null;
  testClock: string | null;
}

/** What a running workflow waits for; written by each of its commits. */
export interface WorkflowRow extends EntityRef {
  /** The workflow id, `<kind>/<subject>`. */
  id: string;
  status: string;
  nextDue: number | null;
  nextStep: string | null;
  agenda: AgendaItem[];
  startedAt: number;
  endedAt: number | null;
}

/** A step that a workflow runs by itself at `at` (epoch seconds), and its target. */
export interface AgendaItem {
  step: AgendaStep;
  at: number;
  /** Distinguishes it from other items of its workflow. Together with the workflow's version it is the key of one commit. */
  key: string;
  /** The object of the step, if it is not the workflow's own entity: an invoice of a subscription. */
  target?: string;
  /** For people only: its place in a series, `3 of 8`. */
  place?: string;
  /** For people only: why it was not done before. */
  waitsFor?: 'tax';
  /** For people only: what it is about, as far as the rows say it now, `19.00 usd`. */
  amount?: string;
}

/**
 * The commit key of one occurrence of an agenda item. `version` counts the workflow's commits. So an item that is due again (the same trial end,
 * the same card) has another commit key, and a used commit key is never requested again.
 */
export const occurrenceOf = (item: Pick<AgendaItem, 'key'>, version: number): string => `${item.key}/${String(version)}`;

export const workflowId = (kind: WorkflowKind, subject: string): string => `${kind}/${subject}`;

/** The activity that commits a step. Each step has its own, so that the Temporal UI shows what was done. */
export const commitActivity = (step: string): `commit/${string}` => `commit/${step}`;
