/** A step of a workflow: a planner, and the rows that its caller's parameters reference. */
import type { ChangeSet } from './change-set';
import type { RowKind } from '../rows/rows';

export interface StepInput {
  subject: string;
  target: string | null;
  /** When it was due; `changes.now` if a caller requested it. Epoch seconds. */
  at: number;
  /** The caller's parameters as the route's schema parsed them; `path` has those of the URL. */
  parameters: Record<string, unknown>;
  /** The answer of the external call. */
  answer: unknown;
  workflow: string;
  customer: string | null;
}

export interface Step {
  plan: (changes: ChangeSet, input: StepInput) => void;
  /** Ids that the parameters reference, to be loaded with the facts. */
  references?: (parameters: Record<string, unknown>, scope: { account: string; livemode: boolean }) => Partial<Record<RowKind, string[]>>;
}
