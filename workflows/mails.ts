import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { DueMails } from '../activities/mails';
import { MAIL, QUEUED } from './activity-options';
import { mailsTaskQueue, sendMailsSignal, type MailsInput } from './contract';

const ROUNDS_PER_HISTORY = 50;

/** Only our Postgres is touched. */
const books = proxyActivities<Pick<Activities, 'dueMails'>>(QUEUED);
const server = proxyActivities<Pick<Activities, 'sendMail'>>(MAIL);

/**
 * Sends one seller's mails, each by an activity of its own. Real time: mails of test clocks are never sent. Ends when nothing waits; a commit
 * that writes a mail starts it again, and so does the sweep. A cancellation from outside does not end it.
 */
export async function mailsWorkflow(input: MailsInput): Promise<void> {
  await CancellationScope.nonCancellable(() => sendAll(input));
}

async function sendAll(input: MailsInput): Promise<void> {
  let signaled = false;
  setHandler(sendMailsSignal, () => {
    signaled = true;
  });
  const queue = { ...MAIL, taskQueue: mailsTaskQueue(workflowInfo().taskQueue) };
  for (let rounds = 0; rounds < ROUNDS_PER_HISTORY && !workflowInfo().continueAsNewSuggested; rounds += 1) {
    signaled = false;
    const { due, nextInMs } = await books.dueMails.executeWithOptions({ ...QUEUED, summary: 'what is to be sent' }, [input]);
    setCurrentDetails(describe({ due, nextInMs }));
    await Promise.all(due.map(({ id, kind }) => server.sendMail.executeWithOptions({ ...queue, summary: `${kind} ${id}` }, [{ id }])));
    if (due.length === 0 && !(await hasMore(nextInMs, () => signaled))) return;
  }
  await continueAsNew<typeof mailsWorkflow>(input);
}

/** Waits for the next try, or for a signal. False: nothing waits. */
async function hasMore(nextInMs: number | null, isSignaled: () => boolean): Promise<boolean> {
  if (isSignaled()) return true;
  if (nextInMs === null) return false;
  await condition(isSignaled, nextInMs, { summary: 'next try' });
  return true;
}

function describe({ due, nextInMs }: DueMails): string {
  if (due.length > 0) return `**sending** ${String(due.length)} mails`;
  return nextInMs === null ? 'everything is sent' : `next try at ${new Date(Date.now() + nextInMs).toISOString()}`;
}
