import { WithStartWorkflowOperation, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { workflowId, type EntityRef } from '../domain/rows/workflow';
import { advanceUpdate, WORKFLOW_TYPES } from '../workflows/contract';
import { startOptions } from './entities';

export interface AdvanceOptions {
  /** A repeated message has the same id, so it is done once. */
  updateId: string;
  /** Ends the wait; a message that was sent still takes effect. */
  signal: AbortSignal;
}

/**
 * Makes an entity on a test clock do everything due at `now`, and starts its workflow if it does not run. Returns when nothing is due and
 * no external call is pending.
 */
export async function advanceEntity(
  client: Client,
  member: EntityRef,
  of: AdvanceOptions & { taskQueue: string; now: number },
): Promise<void> {
  await client.withAbortSignal(of.signal, async () => {
    const update = { args: [{ now: of.now }] as [{ now: number }], updateId: of.updateId };
    try {
      // Nearly all are running already, and a plain update costs Temporal less than one with a start.
      await client.workflow.getHandle(workflowId(member.kind, member.subject)).executeUpdate(advanceUpdate, update);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      await client.workflow.executeUpdateWithStart(advanceUpdate, { ...update, startWorkflowOperation: startOf(member, of) });
    }
  });
}

function startOf(member: EntityRef, { taskQueue, now }: { taskQueue: string; now: number }): WithStartWorkflowOperation<Workflow> {
  const { kind, subject, account, livemode, customer, testClock } = member;
  return new WithStartWorkflowOperation(WORKFLOW_TYPES[kind], {
    ...startOptions(taskQueue, { kind, subject, account, livemode, customer, testClock }, now, 'refresh'),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

/** Terminates a workflow; a workflow that does not run counts as ended. */
export async function endWorkflow(client: Client, workflow: string, reason: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflow).terminate(reason);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
