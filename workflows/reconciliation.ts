import { ActivityFailure, CancellationScope, proxyActivities, rootCause, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { PROCESSOR_UNTIL_KNOWN } from './activity-options';
import { paymentsTaskQueue, type ReconciliationInput } from './contract';

const processor = proxyActivities<Pick<Activities, 'reconcile'>>(PROCESSOR_UNTIL_KNOWN);

/**
 * Compares one seller's books of one day with the record of a processor, which may be away for as long as it takes. The sweep starts it once a
 * day, and an operator at any time. A cancellation from outside does not end it.
 */
export async function reconciliationWorkflow(input: ReconciliationInput): Promise<void> {
  await CancellationScope.nonCancellable(() => compare(input));
}

async function compare(input: ReconciliationInput): Promise<void> {
  const taskQueue = paymentsTaskQueue(workflowInfo().taskQueue, input.processor);
  const summary = `compare ${input.day} with ${input.processor}`;
  try {
    const { compared, differences } = await processor.reconcile.executeWithOptions({ ...PROCESSOR_UNTIL_KNOWN, taskQueue, summary }, [
      input,
    ]);
    setCurrentDetails(`**compared** ${String(compared)}: ${String(differences)} differences`);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    setCurrentDetails(`**failed**: ${rootCause(error) ?? 'no message'}`);
  }
}
