import { ActivityFailure, CancellationScope, continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { DueTaxRecords } from '../activities/tax-records';
import { QUEUED, TAX_RECORD } from './activity-options';
import { recordTaxesSignal, taxTaskQueue, type TaxRecordsInput } from './contract';
import { handleInRounds } from './rounds';
import { wordsOf } from './taxes';

/** Only our Postgres is touched. */
const books = proxyActivities<Pick<Activities, 'dueTaxRecords' | 'postponeTaxRecord'>>(QUEUED);
const provider = proxyActivities<Pick<Activities, 'recordTax'>>(TAX_RECORD);

/**
 * Records one seller's final invoices and credit notes at a tax provider, each once, and those of one invoice in their order. Real time,
 * even for documents of test clocks. Ends when nothing is left; the sweep starts it again. A cancellation from outside does not end it.
 */
export async function taxRecordsWorkflow(input: TaxRecordsInput): Promise<void> {
  await CancellationScope.nonCancellable(() => recordAll(input));
}

async function recordAll(input: TaxRecordsInput): Promise<void> {
  const isDone = await handleInRounds({
    signal: recordTaxesSignal,
    find: () => books.dueTaxRecords.executeWithOptions({ ...QUEUED, summary: 'what is to be recorded' }, [input]),
    handle: (record) => recordOne(input, record),
    words: { handling: (due) => `**recording** ${due.map(({ summary }) => summary).join(', ')}`, done: 'everything is recorded' },
  });
  if (!isDone) await continueAsNew<typeof taxRecordsWorkflow>(input);
}

/** One that fails delays only its own invoice. */
async function recordOne({ provider: name }: TaxRecordsInput, { id, summary }: DueTaxRecords['due'][number]): Promise<void> {
  const options = { ...TAX_RECORD, taskQueue: taxTaskQueue(workflowInfo().taskQueue, name), summary: `${summary} at ${name}` };
  try {
    await provider.recordTax.executeWithOptions(options, [{ id }]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await books.postponeTaxRecord.executeWithOptions({ ...QUEUED, summary: `${summary} is tried again later` }, [
      { id, problem: wordsOf(error, name) },
    ]);
  }
}
