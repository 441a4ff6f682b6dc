import { ActivityFailure, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { CommitStepInput, StepResult } from '../activities/commit';
import { COMMIT, COMMIT_LATER } from './activity-options';
import type { EntityInput } from './contract';

export type { StepResult };

const now = proxyLocalActivities<Pick<Activities, 'commitStep'>>(COMMIT);
const later = proxyActivities<Pick<Activities, 'commitStep'>>(COMMIT_LATER);

export type Step = Omit<CommitStepInput, 'entity'>;

/** One step of this entity, as one transaction; while Postgres is away, tried until it is back. */
export async function commit(input: EntityInput, step: Step): Promise<StepResult> {
  const entity = { kind: input.kind, subject: input.subject, account: input.account, livemode: input.livemode, customer: input.customer, testClock: input.testClock };
  const args: [CommitStepInput] = [{ ...step, entity }];
  const summary = step.cause;
  try {
    return await now.commitStep.executeWithOptions({ ...COMMIT, summary }, args);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return later.commitStep.executeWithOptions({ ...COMMIT_LATER, summary }, args);
  }
}

/** Where the entity stands by its rows; writes nothing but its own row. */
export function look(input: EntityInput, at: number): Promise<StepResult> {
  return commit(input, { step: 'look', cause: 'look', now: at });
}
