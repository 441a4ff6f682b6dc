import type { CommitStepInput, StepResult } from '../activities/commit';
import type { HoldRequest } from '../domain/rows/held';
import { commitActivity, workflowId, type EntityRef } from '../domain/rows/workflow';
import type { EntityInput } from './contract';
import { answered, type FinalAnswer } from './local';

export type { StepResult };

export interface Step extends Omit<CommitStepInput, 'entity'> {
  /** What the Temporal UI shows of it; from before it is done. */
  summary: string;
}

/** Derives the entity's state from its rows; writes nothing but its own row. */
export const REFRESH = 'refresh';

/** One step of this entity, as one transaction. It answers in every case; while Postgres is away, it answers when Postgres is back. */
export function commit(input: EntityInput, { summary, ...step }: Step): Promise<FinalAnswer<StepResult>> {
  return answered<StepResult>(commitActivity(step.step), { ...step, entity: entityOf(input) }, summary);
}

/** Records that the entity is held. */
export async function writeHold(input: EntityInput, hold: Omit<HoldRequest, 'entity'>): Promise<void> {
  await answered<null>('hold', { ...hold, entity: entityOf(input) }, `${hold.step}: ${hold.failure.reason}`);
}

/** Removes the hold, because nothing is left to do that could fail. */
export async function eraseHold(input: EntityInput): Promise<void> {
  await answered<null>('endHold', { workflow: workflowId(input.kind, input.subject) }, 'nothing is due');
}

export function entityOf({ kind, subject, account, livemode, customer, testClock }: EntityInput): EntityRef {
  return { kind, subject, account, livemode, customer, testClock };
}
