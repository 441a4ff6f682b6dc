import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Answer, FinalAnswer } from '../activities/answers';
import { LOCAL, QUEUED } from './activity-options';

export type { FinalAnswer };

type Answering = Record<string, (input: object) => Promise<Answer<unknown>>>;

const local = proxyLocalActivities<Answering>(LOCAL);
const queued = proxyActivities<Answering>(QUEUED);

/**
 * Runs an activity that only touches our Postgres inside the workflow task; while the database is away, as an ordinary one, which
 * waits until it is back.
 *
 * @param summary what people read in the Temporal UI
 */
export async function answered<T>(name: string, input: object, summary: string): Promise<FinalAnswer<T>> {
  const [inTask, later] = [local[name], queued[name]];
  if (!inTask || !later) throw new Error(`no activity is called ${name}`);
  const answer = await inTask.executeWithOptions({ ...LOCAL, summary }, [input]);
  const final = answer.outcome === 'unavailable' ? await later.executeWithOptions({ ...QUEUED, summary }, [input]) : answer;
  if (final.outcome === 'unavailable') throw new Error(`${name} was to wait for the database, and did not`);
  return final as FinalAnswer<T>;
}
