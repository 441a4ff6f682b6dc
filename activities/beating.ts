import { heartbeat } from '@temporalio/activity';
import { DEADLINES } from '../domain/core/deadlines';

/** Shows that the worker lives for as long as the work takes, so that another one goes on soon if it dies. */
export async function beating<T>(work: () => Promise<T>): Promise<T> {
  const beat = setInterval(heartbeat, DEADLINES.importBeat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
