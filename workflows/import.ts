import {
  ActivityFailure,
  CancellationScope,
  continueAsNew,
  proxyActivities,
  rootCause,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import { IMPORT } from './activity-options';
import type { ImportInput } from './contract';

const reader = proxyActivities<Pick<Activities, 'failImport' | 'importPage'>>(IMPORT);

/**
 * Reads another billing system, page by page. The import's row says where it is, so it goes on there after any failure, and ends when a caller cancels
 * the import. A cancellation from outside does not end it.
 */
export async function importWorkflow(input: ImportInput): Promise<void> {
  const isOver = await CancellationScope.nonCancellable(() => readPages(input));
  if (!isOver) await continueAsNew<typeof importWorkflow>(input);
}

async function readPages(input: ImportInput): Promise<boolean> {
  while (!workflowInfo().continueAsNewSuggested) {
    try {
      const { isOver, words } = await reader.importPage.executeWithOptions({ ...IMPORT, summary: 'the next page' }, [input]);
      setCurrentDetails(words);
      if (isOver) return true;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      const reason = rootCause(error) ?? 'no message';
      setCurrentDetails(`**failed**: ${reason}`);
      await reader.failImport.executeWithOptions({ ...IMPORT, summary: 'failed' }, [{ ...input, reason }]);
      return true;
    }
  }
  return false;
}
