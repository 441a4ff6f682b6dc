import { CancellationScope, continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { MAIL, QUEUED } from './activity-options';
import { mailsTaskQueue, sendMailsSignal, type MailsInput } from './contract';
import { handleInRounds } from './rounds';

/** Only our Postgres is touched. */
const books = proxyActivities<Pick<Activities, 'dueMails' | 'recordMailSent'>>(QUEUED);
const server = proxyActivities<Pick<Activities, 'sendMail'>>(MAIL);

/**
 * Sends one seller's mails, each by an activity of its own. Real time: mails of test clocks are never sent. Ends when nothing waits; a commit
 * that writes a mail starts it again, and so does the sweep. A cancellation from outside does not end it.
 */
export async function mailsWorkflow(input: MailsInput): Promise<void> {
  await CancellationScope.nonCancellable(() => sendAll(input));
}

async function sendAll(input: MailsInput): Promise<void> {
  const queue = { ...MAIL, taskQueue: mailsTaskQueue(workflowInfo().taskQueue) };
  const isDone = await handleInRounds({
    signal: sendMailsSignal,
    find: () => books.dueMails.executeWithOptions({ ...QUEUED, summary: 'what is to be sent' }, [input]),
    handle: async ({ id, kind }) => {
      const taken = await server.sendMail.executeWithOptions({ ...queue, summary: `${kind} ${id}` }, [{ id }]);
      // The database was away: the history has known it since.
      if (taken) await books.recordMailSent.executeWithOptions({ ...QUEUED, summary: `${kind} ${id} was taken` }, [taken]);
    },
    words: { handling: (due) => `**sending** ${String(due.length)} mails`, done: 'everything is sent' },
  });
  if (!isDone) await continueAsNew<typeof mailsWorkflow>(input);
}
