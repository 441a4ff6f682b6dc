/**
 * An entity that stands still: a step of its own failed by a mistake of ours, or did not come back. Its workflow does nothing by
 * itself until somebody releases it, another version of Dunlin is deployed, or an hour has passed.
 */
import type { EntityRef } from './workflow';

/**
 * `failed`: the step threw. `stuck`: its planning did not come back, and the worker was stopped for it. `repeating`: it was done again
 * and again, and is due still.
 */
export type HoldReason = 'failed' | 'stuck' | 'repeating';

/** What went wrong, for whoever mends it: no personal data, since histories and answers carry it. */
export interface StepFailure {
  reason: HoldReason;
  /** The class of the error. */
  name: string;
  message: string;
  /** The first place of our own code on its stack: `domain/proration/proration.ts:41`. */
  where: string | null;
}

/** A row of `held`, as a commit reads it. */
export interface Hold {
  workflow: string;
  step: string;
  reason: HoldReason;
  error: Omit<StepFailure, 'reason'>;
  /** Epoch seconds, real time. */
  created: number;
  releasedAt: number | null;
}

/** What makes an entity held: the step that could not be done, and why. */
export interface HoldRequest {
  entity: EntityRef;
  step: string;
  cause: string;
  failure: StepFailure;
}

/** What was asked for was not done, by a mistake of ours: what the workflow answered, on this side of Temporal. */
export class StepFailedError extends Error {
  constructor(
    readonly workflow: string,
    readonly failure: StepFailure,
  ) {
    super(`${workflow}: ${failure.name}: ${failure.message} (${failure.where ?? 'unknown place'})`);
    this.name = 'StepFailedError';
  }
}

/** A commit was asked of a workflow whose planning did not come back: it is not tried before somebody releases it. */
export class HeldError extends Error {
  constructor(readonly hold: Hold) {
    super(`${hold.workflow} is held: ${hold.error.message}`);
    this.name = 'HeldError';
  }
}
