/** Whether the API answers, and whether its machine agrees on the time. */
import type { Finding } from '../findings';
import { clockFinding } from './database';

const ANSWER_MS = 5_000;

export async function examineServer(url: string): Promise<Finding[]> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const arrivedMs = Date.now();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const says = `The API answers at ${url}.`;
    // The header has whole seconds.
    const date = Date.parse(response.headers.get('date') ?? '');
    return [{ about: 'server', level: 'ok', says }, ...(Number.isNaN(date) ? [] : [clockFinding('the server', date + 500 - arrivedMs)])];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const says = `The API does not answer at ${url}: ${reason}.`;
    return [{ about: 'server', level: 'failed', says, advice: 'Start a server, or set DUNLIN_URL to where it is.' }];
  }
}
