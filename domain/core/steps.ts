/** What a step of a workflow is: a planner, and the rows that its caller's parameters name. */
import type { ChangeSet } from './change-set';
import type { RowKind } from '../rows/rows';

export interface StepInput {
  subject: string;
  target: string | null;
  /** When it was due; `plan.now` where it was asked for. */
  at: number;
  /** The caller's parameters as the route's schema parsed them, `path` holding those of the URL. */
  parameters: Record<string, unknown>;
  /** What came back from outside. */
  answer: unknown;
  workflow: string;
  customer: string | null;
}

export interface Step {
  plan: (changes: ChangeSet, input: StepInput) => void;
  /** Rows that the parameters name, to be loaded with the facts. */
  references?: (parameters: Record<string, unknown>, scope: { account: string; livemode: boolean }) => Partial<Record<RowKind, string[]>>;
}
