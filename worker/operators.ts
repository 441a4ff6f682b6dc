/** The worker's listener for operators, on its own port: whether the worker can work, and its metrics. */
import { hostname } from 'node:os';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { bookFigures } from '../db/figures';
import { SideConnection } from '../db/side-connection';
import { createOperators, listenForOperators, type Operators } from '../observability/operators';
import { PART_DEADLINE_MS, Readiness } from '../observability/readiness';
import { temporalAnswers, workerAsksForWork } from '../temporal/readiness';
import { appVersion } from '../version';

export interface WorkerOperators extends Operators {
  /**
   * Starts to answer, once the worker runs.
   *
   * @throws Error if the port is taken
   */
  listen(): Promise<{ url: string | null }>;
  close(): Promise<void>;
}

const TEMPORAL_METRICS_MS = 1_000;

/** @param of.temporalMetrics where this process serves the metrics of Temporal's core; null if they are off */
export function createWorkerOperators(of: {
  config: Config;
  databaseUrl: string;
  connection: NativeConnection;
  log: Logger;
  temporalMetrics: string | null;
}): WorkerOperators {
  const { config, connection, log, databaseUrl, temporalMetrics } = of;
  const { temporalNamespace: namespace, taskQueue, metricsPort: port, metricsHost: host } = config;
  const probe = new SideConnection(databaseUrl, 'dunlin-worker-probe', PART_DEADLINE_MS - 100);
  const books = new SideConnection(databaseUrl, 'dunlin-worker-figures', PART_DEADLINE_MS);
  const identity = `${String(process.pid)}@${hostname()}`;
  const checks = {
    postgres: () => probe.ask((sql) => sql`select 1`),
    temporal: () => temporalAnswers(connection),
    worker: () => workerAsksForWork(connection, { namespace, taskQueue, identity }),
  };
  const readiness = new Readiness(checks, (part, { status, reason }, error) => {
    log.warn(
      { part, status, reason, ...(error === null ? {} : { err: error }) },
      'a part that the worker needs has gone away or come back',
    );
  });
  const further = temporalMetrics === null ? {} : { further: () => textOf(temporalMetrics) };
  const operators = createOperators({ version: appVersion(), readiness, books: bookFigures(books), log, ...further });
  let listening: { url: string; close(): Promise<void> } | null = null;
  return {
    ...operators,
    async listen() {
      if (port !== undefined) listening = await listenForOperators(operators, { host, port });
      return { url: listening?.url ?? null };
    },
    close: async () => {
      await Promise.all([listening?.close(), probe.close(), books.close()]);
    },
  };
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TEMPORAL_METRICS_MS) });
  return response.text();
}
