import { CancellationScope, continueAsNew, proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { IMPORT } from './activity-options';
import type { ShadowComparisonInput } from './contract';

const books = proxyActivities<Pick<Activities, 'compareShadows'>>(IMPORT);

/** Compares what one seller's shadow billing has made with the invoices of the other system, customer by customer, until nothing is due. */
export async function shadowComparisonWorkflow(input: ShadowComparisonInput): Promise<void> {
  const isOver = await CancellationScope.nonCancellable(() => compareAll(input));
  if (!isOver) await continueAsNew<typeof shadowComparisonWorkflow>(input);
}

async function compareAll(input: ShadowComparisonInput): Promise<boolean> {
  let total = 0;
  while (!workflowInfo().continueAsNewSuggested) {
    const { compared, isOver } = await books.compareShadows.executeWithOptions({ ...IMPORT, summary: 'one customer' }, [input]);
    total += compared;
    setCurrentDetails(`**compared** ${String(total)} invoices`);
    if (isOver) return true;
  }
  return false;
}
