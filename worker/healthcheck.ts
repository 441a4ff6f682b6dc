import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { loadConfig } from '../config';
import { temporalConnectionOptions } from '../temporal/connect';

/** A worker asks Temporal for work at least once a minute, also when there is none. */
const silentMsMax = 120_000;

/**
 * Health check of a worker's container, which listens on no port: is a worker of this host among those that have asked Temporal for
 * work lately? Exits with 0 or 1.
 */
async function main(): Promise<void> {
  const config = loadConfig();
  const connection = await Connection.connect({ ...temporalConnectionOptions(config), connectTimeout: 5_000 });
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace: config.temporalNamespace,
    taskQueue: { name: config.taskQueue },
  });
  await connection.close();
  const alive = pollers.some(({ identity, lastAccessTime }) => {
    const lastMs = Number(lastAccessTime?.seconds ?? 0) * 1000;
    return identity?.endsWith(`@${hostname()}`) === true && Date.now() - lastMs < silentMsMax;
  });
  if (!alive) throw new Error(`no worker of ${hostname()} has asked for work on ${config.taskQueue}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
