import { DefaultLogger, NativeConnection, Runtime, type LogEntry } from '@temporalio/worker';
import pino, { type Logger } from 'pino';
import { ConfigError, loadConfig } from '../config';
import { version } from '../package.json';
import { instanceSecret } from '../db/accounts';
import { connect } from '../db/connect';
import { createGateways } from '../gateways';
import { temporalConnectionOptions } from '../temporal/connect';
import { registerSearchAttributes } from './search-attributes';
import { startWorker, type RunningWorker } from './start';

/** The worker process: workflows and activities, until SIGTERM. */
async function main(): Promise<void> {
  const config = loadConfig();
  if (config.databaseUrl === undefined) throw new ConfigError('DATABASE_URL is not set: say where Postgres is, or run npm start');
  const log = pino({ level: config.logLevel, name: 'worker' }, pino.destination(2));
  const logger = temporalLogger(log);
  Runtime.install({ logger, shutdownSignals: [] });
  const sql = connect(config.databaseUrl, { max: config.databasePool, name: 'dunlin-worker', patience: 'service' });
  const connection = await NativeConnection.connect(temporalConnectionOptions(config));
  const registration = await registerSearchAttributes(connection, config.temporalNamespace);
  if (registration.outcome === 'refused') log.warn(registration.advice);
  const worker = await startWorker({
    sql,
    connection,
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    secret: await instanceSecret(sql, config.secret),
    gateways: createGateways(sql, config.publicUrl ?? `http://127.0.0.1:${String(config.port)}`),
    webhookAllowedHosts: config.webhookAllowedHosts,
    appVersion: version,
    keep: { eventDays: config.eventsKeepDays, meterEventDays: config.meterEventsKeepDays ?? null },
    logger,
  });
  const stop = stopOnSignals(worker, async () => {
    await connection.close();
    await sql.end({ timeout: 2 });
  });
  process.send?.({ ready: true });
  log.info({ taskQueue: config.taskQueue }, 'the worker is ready');
  await worker.ended;
  await stop();
}

function stopOnSignals(worker: RunningWorker, close: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= worker.stop().then(close));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop().then(() => process.exit(0), fail);
    });
  }
  return stop;
}

/** Temporal's own lines, from `warn` on: what is below is about its inner workings. */
function temporalLogger(log: Logger): DefaultLogger {
  return new DefaultLogger('WARN', ({ level, message, meta }: LogEntry) => {
    // The queues of processors and webhooks have activities only, on purpose.
    if (message.startsWith('No workflows registered')) return;
    if (level === 'ERROR') log.error(meta, message);
    else log.warn(meta, message);
  });
}

function fail(error: unknown): never {
  process.stderr.write(`dunlin worker: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
