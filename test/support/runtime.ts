import { DefaultLogger, Runtime } from '@temporalio/worker';

let isSilent = false;

const logger = new DefaultLogger('ERROR', (entry) => {
  if (!isSilent) console.error(new Date(Number(entry.timestampNanos / 1_000_000n)).toISOString(), entry.message, entry.meta);
});

/**
 * Temporal's runtime of this process of Jest, which logs errors alone. There can be one in a process, and it ends with the last connection: one file may
 * find that of the files before it.
 * @param of.silent no errors either, for tests of what fails
 */
export function quietRuntime(of: { silent?: boolean } = {}): void {
  isSilent = of.silent === true;
  if (Runtime._instance !== undefined) return;
  const logging = { filter: { core: 'ERROR', other: 'ERROR' } } as never;
  Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging } });
}
