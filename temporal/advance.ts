import { WithStartWorkflowOperation, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { EntityRef } from '../domain/workflow';
import { advanceUpdate, WORKFLOW_TYPES } from '../workflows/contract';
import { startOptions } from './entities';

export interface AdvanceOptions {
  /** The same message has the same id: repeated, it is not done twice. */
  updateId: string;
  /** Waits no longer than that; what was sent is done all the same. */
  signal: AbortSignal;
}

/**
 * Has an entity on a test clock do all that is due at `now`, starting its workflow where it does not run. Returns when nothing
 * due is left and nothing is outside.
 */
export async function advanceEntity(client: Client, taskQueue: string, member: EntityRef, now: number, of: AdvanceOptions): Promise<void> {
  const { kind, subject, account, livemode, customer, testClock } = member;
  const entity = { kind, subject, account, livemode, customer, testClock };
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES[kind], {
    ...startOptions(taskQueue, entity, now, 'look'),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  await client.withAbortSignal(of.signal, () =>
    client.workflow.executeUpdateWithStart(advanceUpdate, { args: [{ now }], updateId: of.updateId, startWorkflowOperation }),
  );
}

/** Ends a workflow at once; one that does not run has ended. */
export async function endWorkflow(client: Client, workflowId: string, reason: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate(reason);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
