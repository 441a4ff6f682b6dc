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

/** Something that a workflow will do by itself at `at` (epoch seconds): the step's name, and the cause that makes it unique. */
export interface AgendaItem {
  step: string;
  at: number;
  cause: string;
  /** What it is about where that is not the workflow's subject: an invoice of a subscription. */
  target?: string;
}

export const workflowId = (kind: WorkflowKind, subject: string): string => `${kind}/${subject}`;

/** The activity that commits a step: one each, so that people read in the Temporal UI what was done. */
export const commitActivity = (step: string): `commit/${string}` => `commit/${step}`;
