/** A step of a workflow: a planner, and the rows that its caller's parameters reference. */
import type { ChangeSet } from './change-set';
import type { RowKind } from '../rows/rows';

/**
 * The input of a step's planner. `Parameters` are the caller's, as the route's schema parsed them, with those of the URL in `path`; `{}` if no
 * caller requested the step. `Answer` is the answer of an external call; null without one.
 */
export interface StepInput<Parameters = unknown, Answer = unknown> {
  subject: string;
  target: string | null;
  /** When it was due; `changes.now` if a caller requested it. Epoch seconds. */
  at: number;
  parameters: Parameters;
  answer: Answer;
  workflow: string;
  customer: string | null;
}

export interface Step<Parameters = unknown, Answer = unknown> {
  plan: (changes: ChangeSet, input: StepInput<Parameters, Answer>) => void;
  /** Ids that the parameters reference, to be loaded with the facts. */
  references?: (parameters: Parameters) => Named;
}

export interface Scope {
  account: string;
  livemode: boolean;
}

/** Rows by kind and key; coupons by the ids that callers know. */
export type Named = Partial<Record<RowKind, string[]>>;

/** Any step. Its route parsed the parameters and stored them as JSON, so their type is not known here. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each step declares its own types; a type for all steps cannot
export type AnyStep = Step<any, any>;

/** A step with the types of its input. */
export const step = <Parameters, Answer = unknown>(of: Step<Parameters, Answer>): Step<Parameters, Answer> => of;
