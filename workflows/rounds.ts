/** Does what is due for one seller in real time, round after round. */
import { condition, setCurrentDetails, setHandler, workflowInfo, type SignalDefinition } from '@temporalio/workflow';

const ROUNDS_PER_HISTORY = 50;

interface Found<T> {
  due: T[];
  /** Milliseconds until the next one is due; null if none waits. */
  nextInMs: number | null;
}

interface Rounds<T> {
  /** A hint that something may be due. */
  signal: SignalDefinition;
  find: () => Promise<Found<T>>;
  handle: (item: T) => Promise<void>;
  /** What the workflow's details say. */
  words: { handling: (due: T[]) => string; done: string };
}

/** Handles what is due and waits for the rest. True: nothing waits any more. False: the history is long, so a new run is to continue. */
export async function handleInRounds<T>({ signal, find, handle, words }: Rounds<T>): Promise<boolean> {
  let signaled = false;
  setHandler(signal, () => {
    signaled = true;
  });
  for (let rounds = 0; rounds < ROUNDS_PER_HISTORY && !workflowInfo().continueAsNewSuggested; rounds += 1) {
    signaled = false;
    const { due, nextInMs } = await find();
    setCurrentDetails(due.length > 0 ? words.handling(due) : describe(nextInMs, words.done));
    await Promise.all(due.map(handle));
    if (due.length === 0 && !(await hasMore(nextInMs, () => signaled))) return true;
  }
  return false;
}

/** Waits for the next try, or for a signal. False: nothing waits. */
async function hasMore(nextInMs: number | null, isSignaled: () => boolean): Promise<boolean> {
  if (isSignaled()) return true;
  if (nextInMs === null) return false;
  await condition(isSignaled, nextInMs, { summary: 'next try' });
  return true;
}

const describe = (nextInMs: number | null, done: string): string =>
  nextInMs === null ? done : `next try at ${new Date(Date.now() + nextInMs).toISOString()}`;
