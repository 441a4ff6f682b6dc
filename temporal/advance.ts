import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { advanceUpdate, WORKFLOW_TYPES } from '../workflows/contract';
import { startOptions, type EntityRef } from './entities';

/**
 * Has an entity on a test clock do all that is due at `now`, starting its workflow where it does not run. Returns when nothing
 * due is left and nothing is outside.
 */
export async function advanceEntity(client: Client, taskQueue: string, entity: EntityRef, now: number): Promise<void> {
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES[entity.kind], {
    ...startOptions(taskQueue, entity, now, 'look'),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  await client.workflow.executeUpdateWithStart(advanceUpdate, { args: [{ now }], startWorkflowOperation });
}
