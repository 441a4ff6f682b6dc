import { CancellationScope, continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { QUEUED } from './activity-options';
import { repairSignal, type RepairInput } from './contract';
import { handleInRounds } from './rounds';

const books = proxyActivities<Pick<Activities, 'findRepairWork' | 'prepareCorrection' | 'correctInvoice'>>(QUEUED);

/**
 * Prepares a repair, and once a person has approved it, corrects its invoices, each by an activity of its own. It keeps no state: the rows say
 * what is done and what is left. Ends when there is nothing to do, also while it is paused; an approval, a resumption and another try start it again.
 * A cancellation from outside does not end it.
 */
export async function repairWorkflow(input: RepairInput): Promise<void> {
  await CancellationScope.nonCancellable(() => repairAll(input));
}

async function repairAll({ repair, ...seller }: RepairInput): Promise<void> {
  let progress = '';
  const isDone = await handleInRounds({
    signal: repairSignal,
    find: async () => {
      const { status, due, done, total } = await books.findRepairWork.executeWithOptions(
        { ...QUEUED, summary: 'which invoices are next' },
        [{ repair }],
      );
      progress = `**${status}**, ${String(done)} of ${String(total)} invoices`;
      return { due: due.map((each) => ({ ...each, status })), nextInMs: null };
    },
    handle: async ({ id: item, invoice, status }) => {
      if (status === 'preparing')
        await books.prepareCorrection.executeWithOptions({ ...QUEUED, summary: `look at ${invoice}` }, [{ item }]);
      else await books.correctInvoice.executeWithOptions({ ...QUEUED, summary: `correct ${invoice}` }, [{ item }]);
    },
    words: { handling: () => progress, done: 'nothing is to be corrected now' },
  });
  if (!isDone) await continueAsNew<typeof repairWorkflow>({ repair, ...seller });
}
