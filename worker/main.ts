import { NativeConnection } from '@temporalio/worker';
import { ConfigError, loadConfig, publicUrlOf, type Config } from '../config';
import { secretsOf } from '../db/installation-key';
import { connect, type Sql } from '../db/connect';
import { createGateways, createTaxIdRegistries, createTaxProviders } from '../gateways';
import { smtpServer } from '../gateways/smtp';
import { createLogger } from '../observability/logger';
import { startTracing } from '../observability/tracing';
import { createWorkerMetrics } from '../observability/worker-metrics';
import { temporalConnectionOptions } from '../temporal/connect';
import { appVersion } from '../version';
import { createWorkerOperators } from './operators';
import { installRuntime } from './runtime';
import { registerSearchAttributes } from './search-attributes';
import { startWorker, type RunningWorker, type WorkerSetup } from './start';
import { Watchdog } from './watchdog';

/** The worker process: workflows and activities, until SIGTERM. */
async function main(): Promise<void> {
  const config = loadConfig();
  const { databaseUrl } = config;
  if (databaseUrl === undefined) throw new ConfigError('DATABASE_URL is not set: say where Postgres is, or run npx dunlin start');
  const log = createLogger({ level: config.logLevel, name: 'worker' });
  const { logger, temporalMetrics } = await installRuntime(log, config.metricsPort !== undefined);
  const tracing = startTracing({ endpoint: config.otlpEndpoint, program: 'worker', version: appVersion() });
  const sql = connect(databaseUrl, { max: config.databasePool, name: 'dunlin-worker', patience: 'service' });
  const connection = await NativeConnection.connect(temporalConnectionOptions(config));
  const registration = await registerSearchAttributes(connection, config.temporalNamespace);
  if (registration.outcome === 'refused') log.warn(registration.advice);
  const watchdog = new Watchdog({ databaseUrl, appVersion: appVersion() });
  const operators = createWorkerOperators({ config, databaseUrl, connection, log, temporalMetrics });
  const worker = await startWorker({
    ...{ sql, connection, logger, tracing, ...setupOf(config) },
    ...(await secretsOf(sql, config)),
    ...processorsOf(config, sql),
    publicUrl: publicUrlOf(config),
    apiUrl: config.apiUrl ?? publicUrlOf(config),
    mailServer: config.smtpUrl === undefined ? null : smtpServer(config.smtpUrl),
    taxProviders: createTaxProviders(config.stripeTax),
    taxIdRegistries: createTaxIdRegistries(config),
    appVersion: appVersion(),
    guardPlanning: watchdog.guard,
    metrics: createWorkerMetrics(operators.registry),
    keep: { eventDays: config.eventsKeepDays, meterEventDays: config.meterEventsKeepDays ?? null },
  });
  const stop = stopOnSignals(worker, async () => {
    await Promise.all([watchdog.stop(), operators.close(), tracing?.stop()]);
    await connection.close();
    await sql.end({ timeout: 2 });
  });
  const { url: metrics } = await operators.listen();
  process.send?.({ ready: true, metrics });
  log.info({ taskQueue: config.taskQueue, version: appVersion(), metrics }, 'the worker is ready');
  await worker.ended;
  await stop();
}

function processorsOf(config: Config, sql: Sql): Pick<WorkerSetup, 'callsPerSecond' | 'gateways'> {
  const limited = config.processors.flatMap(({ name, callsPerSecond }) =>
    callsPerSecond === null ? [] : [[name, callsPerSecond] as const],
  );
  return { gateways: createGateways(sql, publicUrlOf(config), config), callsPerSecond: Object.fromEntries(limited) };
}

function setupOf(config: Config): Pick<WorkerSetup, 'namespace' | 'taskQueue' | 'webhookAllowedHosts' | 'deployment' | 'callStacks'> {
  return {
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    webhookAllowedHosts: config.webhookAllowedHosts,
    callStacks: config.workflowCallStacks,
    deployment: config.workerVersioning ? { deploymentName: config.taskQueue, buildId: appVersion() } : null,
  };
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

function fail(error: unknown): never {
  process.stderr.write(`dunlin worker: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
