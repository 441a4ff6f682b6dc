/**
 * A held entity: one of its own steps failed because of a bug in Dunlin, or did not return. Its workflow runs no step of its own until an
 * operator releases it, another version of Dunlin is deployed, or an hour has passed.
 */
import type { EntityRef } from './workflow';

/**
 * `failed`: the step threw. `stuck`: its planning did not return, so the watchdog stopped the worker. `repeating`: the step was done again
 * and again and is still due. `refused`: the step was refused again and again, because the rows do not allow it.
 */
export type HoldReason = 'failed' | 'stuck' | 'repeating' | 'refused';

/** The error, for the developer who fixes it. Without personal data, because histories and answers contain it. */
export interface StepFailure {
  reason: HoldReason;
  /** The class of the error. */
  name: string;
  message: string;
  /** The topmost place of Dunlin's own code on its stack: `domain/proration/proration.ts:41`. */
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

/** What a held row needs: the step that failed, and why. */
export interface HoldRequest {
  entity: EntityRef;
  step: string;
  commitKey: string;
  failure: StepFailure;
}

/** A requested step failed because of a bug in Dunlin. Carries the workflow's answer on the caller's side of Temporal. */
export class StepFailedError extends Error {
  constructor(
    readonly workflow: string,
    readonly failure: StepFailure,
  ) {
    super(`${workflow}: ${failure.name}: ${failure.message} (${failure.where ?? 'unknown place'})`);
    this.name = 'StepFailedError';
  }
}

/** A commit was requested for an entity that is `stuck`. It is not tried until an operator releases the entity. */
export class HeldError extends Error {
  constructor(readonly hold: Hold) {
    super(`${hold.workflow} is held: ${hold.error.message}`);
    this.name = 'HeldError';
  }
}
