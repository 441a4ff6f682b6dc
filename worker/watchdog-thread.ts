/** The thread that watches the worker's main thread: see `watchdog.ts`. */
import { workerData } from 'node:worker_threads';
import { connect } from '../db/connect';
import { holdEntity } from '../db/held';
import { DEADLINES } from '../domain/core/deadlines';
import type { Planned, WatchdogData } from './watchdog';

const { beats, planning, databaseUrl, appVersion } = workerData as WatchdogData;
const heartbeat = new Int32Array(beats);
const length = new Int32Array(planning, 0, 1);
const text = new Uint8Array(planning, Int32Array.BYTES_PER_ELEMENT);

let last = -1;
let silentLooks = 0;

// Counts checks, not time: while the whole process is stopped, this thread does not check either.
setInterval(() => {
  const now = Atomics.load(heartbeat, 0);
  silentLooks = now === last ? silentLooks + 1 : 0;
  last = now;
  if (silentLooks * DEADLINES.heartbeat < DEADLINES.planning) return;
  silentLooks = 0;
  const planned = whatIsPlanned();
  if (planned) void giveUp(planned);
}, DEADLINES.heartbeat);

function whatIsPlanned(): Planned | null {
  const bytes = Atomics.load(length, 0);
  // Decoding needs its own copy, because the shared memory may change meanwhile.
  return bytes === 0 ? null : (JSON.parse(Buffer.from(text.slice(0, bytes)).toString('utf8')) as Planned);
}

/** If Postgres cannot be reached either, the process is still killed; the next process gets here again. */
async function giveUp(planned: Planned): Promise<void> {
  const seconds = String(DEADLINES.planning / 1000);
  const message = `planning ${planned.step} did not come back within ${seconds} seconds, and the worker was stopped for it`;
  const failure = { reason: 'stuck' as const, name: 'PlanningStuck', message, where: null };
  process.stderr.write(`${JSON.stringify({ level: 60, name: 'watchdog', workflow: planned.entity, step: planned.step, msg: message })}\n`);
  const sql = connect(databaseUrl, { max: 1, name: 'dunlin-watchdog', patience: 'service' });
  await holdEntity(sql, { ...planned, failure }, appVersion).catch((error: unknown) => {
    process.stderr.write(`${JSON.stringify({ level: 60, name: 'watchdog', msg: `the hold was not written: ${String(error)}` })}\n`);
  });
  process.kill(process.pid, 'SIGKILL');
}
