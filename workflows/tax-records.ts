import {
  ActivityFailure,
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { DueTaxRecords } from '../activities/tax-records';
import { QUEUED, TAX_RECORD } from './activity-options';
import { recordTaxesSignal, taxTaskQueue, type TaxRecordsInput } from './contract';
import { wordsOf } from './taxes';

const ROUNDS_PER_HISTORY = 50;

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
  let signaled = false;
  setHandler(recordTaxesSignal, () => {
    signaled = true;
  });
  for (let rounds = 0; rounds < ROUNDS_PER_HISTORY && !workflowInfo().continueAsNewSuggested; rounds += 1) {
    signaled = false;
    const { due, nextInMs } = await books.dueTaxRecords.executeWithOptions({ ...QUEUED, summary: 'what is to be recorded' }, [input]);
    setCurrentDetails(describe({ due, nextInMs }));
    await Promise.all(due.map((record) => recordOne(input, record)));
    if (due.length === 0 && !(await hasMore(nextInMs, () => signaled))) return;
  }
  await continueAsNew<typeof taxRecordsWorkflow>(input);
}

/** Waits for the next record, or for a signal. False: nothing is left. */
async function hasMore(nextInMs: number | null, isSignaled: () => boolean): Promise<boolean> {
  if (isSignaled()) return true;
  if (nextInMs === null) return false;
  await condition(isSignaled, nextInMs, { summary: 'next try' });
  return true;
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

function describe({ due, nextInMs }: DueTaxRecords): string {
  if (due.length > 0) return `**recording** ${due.map(({ summary }) => summary).join(', ')}`;
  return nextInMs === null ? 'everything is recorded' : `next try at ${new Date(Date.now() + nextInMs).toISOString()}`;
}
