/** A Temporal server as production has it: its state is in Postgres. All four of its services run in one process. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { childEnvironment } from '../../config';
import { connect } from '../../db/connect';
import { lastWords, startChild, type Child } from '../../embedded/child';
import type { Progress } from '../../embedded/progress';
import { registerSearchAttributes } from '../../worker/search-attributes';
import { findTemporalServer, type TemporalBinaries } from './binaries';
import { serverConfiguration } from './configuration';
import { freeServicePorts } from './ports';

export interface ClusterOptions {
  /** For the configuration and the logs. Must exist. */
  folder: string;
  /** URL of a role that may create databases; the databases `temporal` and `temporal_visibility` are used if they exist. */
  postgres: string;
  /** Parts into which the workflows are divided. Fixed once the databases exist. */
  shards: number;
  /** Connections to Postgres of each of the four services. */
  connections: number;
  progress: Progress;
  /** Receives each process that is started, so that it can be stopped. */
  onChild: (child: Child) => void;
}

export interface Cluster {
  /** `host:port` of the frontend, for `TEMPORAL_ADDRESS`. */
  address: string;
  server: Child;
}

const NAMESPACE = 'default';
const RETENTION_DAYS = 30;
const READY_MS = 120_000;
const DATABASES = { temporal: 'postgresql/v12/temporal', temporal_visibility: 'postgresql/v12/visibility' };

/**
 * Builds Temporal if needed, makes its tables, starts it, and registers Dunlin's namespace and search attributes.
 *
 * @throws Error with the end of the log of the part that failed
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { progress } = options;
  const binaries = await findTemporalServer(progress, options.onChild);
  await progress.during("making Temporal's tables", () => prepareDatabases(binaries, options));
  return progress.during('starting Temporal', () => startServer(binaries, options));
}

async function prepareDatabases({ sql }: TemporalBinaries, options: ClusterOptions): Promise<void> {
  const existing = await databasesOf(options.postgres);
  for (const [database, schema] of Object.entries(DATABASES)) {
    const run = (...args: string[]) => runTool(sql, database, args, options);
    if (!existing.includes(database)) {
      await run('create-database');
      await run('setup-schema', '--version', '0.0');
    }
    await run('update-schema', '--schema-name', schema);
  }
}

async function databasesOf(url: string): Promise<string[]> {
  const sql = connect(url, { max: 1, name: 'temporal-server' });
  try {
    const rows = await sql<{ datname: string }[]>`select datname from pg_database`;
    return rows.map(({ datname }) => datname);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function runTool(command: string, database: string, args: string[], { folder, postgres, onChild }: ClusterOptions): Promise<void> {
  const { hostname, port, username, password } = new URL(postgres);
  const env = childEnvironment({
    ...{ SQL_PLUGIN: 'postgres12', SQL_HOST: hostname, SQL_PORT: port, SQL_DATABASE: database },
    ...{ SQL_USER: decodeURIComponent(username), SQL_PASSWORD: decodeURIComponent(password) },
  });
  const child = await startChild({ name: 'temporal-sql', command, args, env, logFile: join(folder, 'temporal-sql.log') });
  onChild(child);
  const how = await child.ended;
  if (how !== 'exited with code 0') throw new Error(`temporal-sql ${args.join(' ')} ${how}:\n${lastWords(child)}`);
}

async function startServer({ server: command }: TemporalBinaries, options: ClusterOptions): Promise<Cluster> {
  const { folder, onChild } = options;
  const ports = await freeServicePorts();
  mkdirSync(join(folder, 'config'), { recursive: true });
  writeFileSync(join(folder, 'config', 'dunlin.yaml'), JSON.stringify(serverConfiguration(options, ports), null, 2), { mode: 0o600 });
  const args = ['--root', folder, '--config', 'config', '--env', 'dunlin', '--allow-no-auth', 'start'];
  const server = await startChild({
    name: 'temporal-server',
    command,
    args,
    env: childEnvironment(),
    logFile: join(folder, 'temporal.log'),
  });
  onChild(server);
  const address = `127.0.0.1:${String(ports.frontend.grpc)}`;
  await prepareNamespace(await untilItAnswers(server, address));
  return { address, server };
}

async function untilItAnswers(server: Child, address: string): Promise<Connection> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      await connection.workflowService.listNamespaces({});
      return connection;
    } catch (error) {
      const how = server.endedHow();
      if (how !== undefined) throw new Error(`Temporal ${how}:\n${lastWords(server)}`, { cause: error });
      if (Date.now() > deadline) throw new Error(`Temporal does not answer on ${address}:\n${lastWords(server)}`, { cause: error });
      await sleep(200);
    }
  }
}

async function prepareNamespace(connection: Connection): Promise<void> {
  try {
    const { namespaces } = await connection.workflowService.listNamespaces({});
    if (!namespaces.some(({ namespaceInfo }) => namespaceInfo?.name === NAMESPACE)) {
      const retention = msToTs(RETENTION_DAYS * 86_400_000);
      await connection.workflowService.registerNamespace({ namespace: NAMESPACE, workflowExecutionRetentionPeriod: retention });
    }
    await registerSearchAttributes(connection, NAMESPACE);
  } finally {
    await connection.close();
  }
}
