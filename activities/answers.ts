import { activityInfo, ApplicationFailure, log } from '@temporalio/activity';
import { isDatabaseAway, isDatabaseBusy, isUniqueViolation } from '../db/outages';
import { DEADLINES } from '../domain/core/deadlines';
import { HeldError, type StepFailure } from '../domain/rows/held';

/**
 * The result of a local activity: always a value, never an exception. So the marker in the history contains what the workflow saw, and a
 * replay sees the same. (A time-out of a local activity differs between live run and replay, which would kill the workflow.)
 */
export type Answer<T> =
  | { outcome: 'answered'; value: T }
  /** The database is away or too slow: run the same as an ordinary activity, which waits. */
  | { outcome: 'unavailable'; reason: string }
  /** A bug in Dunlin, which no retry fixes. */
  | { outcome: 'failed'; failure: StepFailure };

/** The remaining results after an ordinary activity has waited for the outage to end. */
export type FinalAnswer<T> = Exclude<Answer<T>, { outcome: 'unavailable' }>;

/** Tries of the same work if another writer interfered. */
const TRIES = 3;

/**
 * Does the work within DEADLINES.localActivity. As an ordinary activity it throws while the database is away, so that Temporal retries,
 * with pauses, for as long as it takes.
 */
export async function answering<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> {
  const { isLocal, activityType } = activityInfo();
  const answer = await answerWithin(isLocal ? DEADLINES.localActivity : DEADLINES.queuedCommit, work, activityType);
  if (answer.outcome === 'unavailable' && !isLocal) {
    throw ApplicationFailure.create({ type: 'database_unavailable', message: answer.reason, nonRetryable: false });
  }
  return answer;
}

async function answerWithin<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>, activity: string): Promise<Answer<T>> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return { outcome: 'answered', value: await Promise.race([tryAgain(work, signal), rejectionOf(signal)]) };
  } catch (error) {
    if (signal.aborted || isPassing(error)) return { outcome: 'unavailable', reason: codeOf(error) };
    log.error('a step failed by a mistake of ours', { activity, error });
    return { outcome: 'failed', failure: failureOf(error) };
  }
}

/** The other writer has committed by now, so the next try sees its changes. */
async function tryAgain<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work(signal);
    } catch (error) {
      if (!isDatabaseBusy(error) || tries === TRIES || signal.aborted) throw error;
    }
  }
}

/** A unique key that is still taken after all tries is not caused by another writer: it is a row that Dunlin should not have made. */
export function isPassing(error: unknown): boolean {
  return isDatabaseAway(error) || (isDatabaseBusy(error) && !isUniqueViolation(error));
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = (): void => {
      reject(new Error('no answer within the deadline'));
    };
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

const MESSAGE_MAX = 300;

/** The failure for the history. Postgres's own messages may quote callers' text, so only their code and names are kept. */
export function failureOf(error: unknown): StepFailure {
  if (error instanceof HeldError) return { reason: error.hold.reason, ...error.hold.error };
  const { name = 'Error', stack = '' } = error as Partial<Error>;
  return { reason: 'failed', name, message: messageOf(error as Error).slice(0, MESSAGE_MAX), where: OWN_CODE.exec(stack)?.[1] ?? null };
}

function messageOf(error: Error): string {
  const {
    code,
    table_name: table,
    constraint_name: constraint,
  } = error as Partial<Record<'code' | 'table_name' | 'constraint_name', string>>;
  if (error.name !== 'PostgresError') return error.message;
  return ['Postgres', code, table, constraint].filter((part) => part !== undefined).join(' ');
}

const OWN_CODE = /\/((?:domain|db|activities|objects|gateways)\/[\w./-]+\.ts:\d+)/;

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'no answer within the deadline';
}
