/** The server's listener for operators: whether Postgres, Temporal and a worker answer, and its metrics. */
import type { Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { bookFigures } from '../db/figures';
import { SideConnection } from '../db/side-connection';
import { createOperators, listenForOperators, type Operators } from '../observability/operators';
import { PART_DEADLINE_MS, Readiness } from '../observability/readiness';
import { temporalAnswers, workerAsksForWork } from '../temporal/readiness';
import { appVersion } from '../version';

export interface ServerOperators extends Operators {
  /** The URL of the operators' listener; null if there is none. */
  url: string | null;
  close(): Promise<void>;
}

/** @throws Error if the operators' port is taken */
export async function startOperators(of: {
  config: Config;
  databaseUrl: string;
  connection: Connection;
  log: Logger;
}): Promise<ServerOperators> {
  const { config, connection, log, databaseUrl } = of;
  const { temporalNamespace: namespace, taskQueue } = config;
  const probe = new SideConnection(databaseUrl, 'dunlin-server-probe', PART_DEADLINE_MS - 100);
  const books = new SideConnection(databaseUrl, 'dunlin-server-figures', PART_DEADLINE_MS);
  const checks = {
    postgres: () => probe.ask((sql) => sql`select 1`),
    temporal: () => temporalAnswers(connection),
    worker: () => workerAsksForWork(connection, { namespace, taskQueue }),
  };
  const readiness = new Readiness(checks, (part, { status, reason }, error) => {
    log.warn(
      { part, status, reason, ...(error === null ? {} : { err: error }) },
      'a part that the server needs has gone away or come back',
    );
  });
  const operators = createOperators({ version: appVersion(), readiness, books: bookFigures(books), log });
  const { metricsPort: port, metricsHost: host } = config;
  const listener = port === undefined ? null : await listenForOperators(operators, { host, port });
  return {
    ...operators,
    url: listener?.url ?? null,
    close: async () => {
      await Promise.all([listener?.close(), probe.close(), books.close()]);
    },
  };
}
