import { ActivityFailure, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CommitActivities, CommitStepInput, StepResult } from '../activities/commit';
import { COMMIT, COMMIT_LATER } from './activity-options';
import { commitActivity } from '../domain/workflow';
import type { EntityInput } from './contract';

export type { StepResult };

const now = proxyLocalActivities<CommitActivities>(COMMIT);
const later = proxyActivities<CommitActivities>(COMMIT_LATER);

export type Step = Omit<CommitStepInput, 'entity'>;

/** One step of this entity, as one transaction; while Postgres is away, tried until it is back. */
export async function commit(input: EntityInput, step: Step): Promise<StepResult> {
  const entity = {
    kind: input.kind,
    subject: input.subject,
    account: input.account,
    livemode: input.livemode,
    customer: input.customer,
    testClock: input.testClock,
  };
  const args: [CommitStepInput] = [{ ...step, entity }];
  const summary = step.cause;
  const { inTask, queued } = commitOf(step.step);
  try {
    return await inTask.executeWithOptions({ ...COMMIT, summary }, args);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return queued.executeWithOptions({ ...COMMIT_LATER, summary }, args);
  }
}

function commitOf(step: string) {
  const [inTask, queued] = [now[commitActivity(step)], later[commitActivity(step)]];
  if (!inTask || !queued) throw new Error(`no activity commits ${step}`);
  return { inTask, queued };
}

/** Where the entity stands by its rows; writes nothing but its own row. */
export function look(input: EntityInput, at: number): Promise<StepResult> {
  return commit(input, { step: 'look', cause: 'look', now: at });
}
