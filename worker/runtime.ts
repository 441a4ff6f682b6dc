import { createServer, type AddressInfo } from 'node:net';
import { DefaultLogger, Runtime, type LogEntry, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

/**
 * Sets up Temporal's core, once per process, before anything else of the SDK is used.
 *
 * @param measured whether it keeps metrics
 * @returns its log, and where its metrics are served: a loopback port, which the operators' listener passes on
 */
export async function installRuntime(log: Logger, measured: boolean): Promise<{ logger: DefaultLogger; temporalMetrics: string | null }> {
  const logger = temporalLogger(log);
  const bindAddress = measured ? `127.0.0.1:${String(await freePort())}` : null;
  const telemetry: RuntimeOptions =
    bindAddress === null ? {} : { telemetryOptions: { metrics: { prometheus: { bindAddress, countersTotalSuffix: true } } } };
  Runtime.install({ logger, shutdownSignals: [], ...telemetry });
  return { logger, temporalMetrics: bindAddress === null ? null : `http://${bindAddress}/metrics` };
}

/** Temporal's own lines, from `warn` on; lower levels describe its internals. */
function temporalLogger(log: Logger): DefaultLogger {
  return new DefaultLogger('WARN', ({ level, message, meta }: LogEntry) => {
    // The queues of processors and webhooks intentionally have activities only.
    if (message.startsWith('No workflows registered')) return;
    if (level === 'ERROR') log.error(meta, message);
    else log.warn(meta, message);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
