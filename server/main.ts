/** The API's process: reads the configuration, connects, listens, and drains when it is asked to stop. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import { ConfigError, loadConfig, publicUrlOf, type Config } from '../config';
import { secretsOf } from '../db/installation-key';
import { connect, type Sql } from '../db/connect';
import { createHttpMetrics } from '../observability/http-metrics';
import { createLogger } from '../observability/logger';
import type { Tracing } from '../observability/spans';
import { startTracing } from '../observability/tracing';
import { createGateways, createTaxProviders, createWebhooks } from '../gateways';
import { taxProviderAsker } from '../gateways/ask-tax-provider';
import { processorAsker } from '../gateways/ask-processor';
import { Changes } from '../temporal/changes';
import { temporalConnectionOptions } from '../temporal/connect';
import { wakeEntities } from '../temporal/entities';
import { createNotifier, type Notifier } from '../temporal/notify';
import { appVersion } from '../version';
import { createApp } from './app';
import type { Dependencies } from './http/dependencies';
import { rendererOf } from './documents/renderer';
import { createHttpServer, leaveConnections } from './http-server';
import { intakeOf } from './metering/intake';
import { startOperators } from './operators';
import { fetchMissedEvents } from './processors/missed-events';
import { DEADLINES } from '../domain/core/deadlines';

const MINUTE_MS = 60_000;
/** How long running requests may take to end after the process was asked to stop. */
const DRAIN_MS = DEADLINES.serverStop;

async function main(): Promise<void> {
  const config = loadConfig();
  if (config.databaseUrl === undefined || config.temporalAddress === undefined) {
    throw new ConfigError(
      'DATABASE_URL and TEMPORAL_ADDRESS must be set: the server starts nothing else. `npm start` runs everything on one machine.',
    );
  }
  const { databaseUrl } = config;
  const log = createLogger({ level: config.logLevel, name: 'server' });
  const tracing = startTracing({ endpoint: config.otlpEndpoint, program: 'server', version: appVersion() });
  const sql = connect(databaseUrl, { max: config.databasePool, name: 'dunlin-server', patience: 'service' });
  const { temporal, connection } = temporalClient(config, tracing);
  const notifier = createNotifier(temporal, config.taskQueue, sql, (error) => {
    log.warn({ err: error }, 'an endpoint was not notified; the sweep will notify it');
  });
  const operators = await startOperators({ config, databaseUrl, connection, log });
  const observed = { readiness: operators.readiness, metrics: createHttpMetrics(operators.registry) };
  const deps = {
    ...(await dependencies({ config, log, sql, temporal, notifier })),
    ...observed,
    ...(tracing && { tracer: tracing.requests }),
  };
  const server = createHttpServer(createApp(deps));
  await listen(server, config);
  rendererOf(deps).warm();
  // Also reports refusals of a process that died before it could.
  const reports = setInterval(() => void intakeOf(deps).report(), MINUTE_MS);
  const fetching = setInterval(() => {
    fetchMissedEvents(deps, Math.floor(Date.now() / 1000)).catch((error: unknown) => {
      log.warn({ err: error }, 'events of processors were not fetched; the next turn comes soon');
    });
  }, MINUTE_MS);
  const url = config.publicUrl ?? urlOf(server, config);
  log.info({ url, version: appVersion(), metrics: operators.url }, 'listening');
  process.send?.({ ready: true, url, metrics: operators.url });
  stopOnSignals(async () => {
    clearInterval(reports);
    clearInterval(fetching);
    operators.readiness.stop();
    leaveConnections(server);
    await sleep(config.stopDelay);
    await drain(server);
    await Promise.all([notifier.stop(), intakeOf(deps).stop(), rendererOf(deps).stop()]);
    await Promise.all([operators.close(), tracing?.stop()]);
    await Promise.all([sql.end({ timeout: 5 }), connection.close()]);
    log.info('stopped');
  });
}

function temporalClient(config: Config, tracing: Tracing | null): { temporal: Client; connection: Connection } {
  const connection = Connection.lazy(temporalConnectionOptions(config));
  const interceptors = { workflow: tracing?.clientInterceptors ?? [] };
  return { temporal: new Client({ connection, namespace: config.temporalNamespace, interceptors }), connection };
}

/** The dependencies of requests, from the process's resources. */
export async function dependencies(of: {
  config: Config;
  log: Logger;
  sql: Sql;
  temporal: Client;
  notifier: Notifier;
}): Promise<Dependencies> {
  const { config, log, sql, temporal, notifier } = of;
  return {
    config,
    log,
    sql,
    temporal,
    ...(await secretsOf(sql, config)),
    changes: new Changes(temporal, config.taskQueue),
    askTaxProvider: taxProviderAsker(createTaxProviders(config.stripeTax)),
    processors: processorAsker(createGateways(sql, publicUrlOf(config), config), createWebhooks(config)),
    notify: (scope, now, { wakes, endpoints, hasMails }) => {
      notifier.notify(endpoints);
      if (hasMails === true) notifier.notifyMails(scope);
      if (wakes.length === 0) return;
      wakeEntities(
        temporal,
        config.taskQueue,
        wakes.map((wake) => ({ ...wake, ...scope })),
        now,
      ).catch((error: unknown) => {
        log.warn({ err: error }, 'a wake was lost; the sweep will repeat it');
      });
    },
  };
}

async function listen(server: Server, config: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
}

function urlOf(server: Server, config: Config): string {
  const { port } = server.address() as AddressInfo;
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

async function drain(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const late = setTimeout(() => {
      server.closeAllConnections();
    }, DRAIN_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function stopOnSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void stop().then(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
