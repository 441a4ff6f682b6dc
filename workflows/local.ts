import { proxyActivities, proxyLocalActivities, rootCause } from '@temporalio/workflow';
import type { Answer, FinalAnswer } from '../activities/answers';
import { LOCAL, QUEUED } from './activity-options';

export type { FinalAnswer };

type Answering = Record<string, (input: object) => Promise<Answer<unknown>>>;

const local = proxyLocalActivities<Answering>(LOCAL);
const queued = proxyActivities<Answering>(QUEUED);

/**
 * Runs an activity that only touches our Postgres inside the workflow task; while the database is away, as an ordinary activity, which
 * waits until it is back. Answers in every case: an error that should never be thrown (no worker knows the activity, its answer is not
 * JSON) becomes a failure, too.
 *
 * @param summary what readers of the Temporal UI see
 */
export async function answered<T>(name: string, input: object, summary: string): Promise<FinalAnswer<T>> {
  const [inTask, later] = [local[name], queued[name]];
  if (!inTask || !later) throw new Error(`no activity is called ${name}`);
  try {
    const answer = await inTask.executeWithOptions({ ...LOCAL, summary }, [input]);
    const final = answer.outcome === 'unavailable' ? await later.executeWithOptions({ ...QUEUED, summary }, [input]) : answer;
    if (final.outcome !== 'unavailable') return final as FinalAnswer<T>;
    return failed('Unavailable', `${name} was to wait for the database, and did not`);
  } catch (error) {
    return failed((error as Error).name, rootCause(error) ?? 'no message');
  }
}

function failed(name: string, message: string): FinalAnswer<never> {
  return { outcome: 'failed', failure: { reason: 'failed', name, message, where: null } };
}
