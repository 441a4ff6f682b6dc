import type { CommitStepInput, StepResult } from '../activities/commit';
import type { HoldRequest } from '../domain/rows/held';
import { commitActivity, workflowId, type EntityRef } from '../domain/rows/workflow';
import type { EntityInput } from './contract';
import { answered, type FinalAnswer } from './local';

export type { StepResult };

export type Step = Omit<CommitStepInput, 'entity'>;

/** Where the entity stands by its rows; writes nothing but its own row. */
export const REFRESH = 'refresh';

/** One step of this entity, as one transaction. Answers in every case; while Postgres is away, when it is back. */
export function commit(input: EntityInput, step: Step): Promise<FinalAnswer<StepResult>> {
  return answered<StepResult>(commitActivity(step.step), { ...step, entity: entityOf(input) }, step.cause);
}

/** Writes down that the entity stands still. */
export async function writeHold(input: EntityInput, hold: Omit<HoldRequest, 'entity'>): Promise<void> {
  await answered<null>('hold', { ...hold, entity: entityOf(input) }, `${hold.step}: ${hold.failure.reason}`);
}

/** Takes the entity from the held: there is nothing to do that could fail. */
export async function eraseHold(input: EntityInput): Promise<void> {
  await answered<null>('endHold', { workflow: workflowId(input.kind, input.subject) }, 'nothing is due');
}

export function entityOf({ kind, subject, account, livemode, customer, testClock }: EntityInput): EntityRef {
  return { kind, subject, account, livemode, customer, testClock };
}
