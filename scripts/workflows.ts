/**
 * `npm run workflows -- check`: whether Temporal's running workflows wait for what the books say. `npm run workflows -- repair`: makes them, after
 * one of both was restored. Uses DATABASE_URL, TEMPORAL_ADDRESS and TASK_QUEUE as the workers do, which must run.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { ConfigError, loadConfig } from '../config';
import { connect, type Sql } from '../db/connect';
import { temporalConnectionOptions } from '../temporal/connect';
import { compare, repair, type Agreement } from './workflows/agreement';

const ROUNDS = 6;
const PAUSE_MS = 5_000;
const SHOWN = 10;

const isWhole = ({ differing, missing, unknown }: Agreement): boolean => differing.length + missing.length + unknown.length === 0;

async function main(): Promise<void> {
  const command = process.argv[2] ?? '';
  if (!['check', 'repair'].includes(command)) throw new Error('Usage: npm run workflows -- check | repair');
  const config = loadConfig();
  if (config.databaseUrl === undefined) throw new ConfigError('DATABASE_URL is not set: say where the books are');
  const connection = await Connection.connect(temporalConnectionOptions(config));
  const sql = connect(config.databaseUrl, { max: 2, name: 'dunlin-workflows' });
  const client = new Client({ connection, namespace: config.temporalNamespace });
  try {
    await run(command, client, sql, config.taskQueue);
  } finally {
    await sql.end({ timeout: 5 });
    await connection.close();
  }
}

/** Repairs in rounds, because a workflow that reads its rows may do what is due, and wait for something else then. */
async function run(command: string, client: Client, sql: Sql, taskQueue: string): Promise<void> {
  let agreement = await compare(client, sql, taskQueue);
  show(agreement);
  for (let round = 0; command === 'repair' && !isWhole(agreement) && round < ROUNDS; round += 1) {
    await repair(client, taskQueue, agreement);
    await sleep(PAUSE_MS);
    agreement = await compare(client, sql, taskQueue);
    show(agreement);
  }
  if (!isWhole(agreement)) process.exitCode = 1;
}

function show({ agreeing, differing, missing, startedLater, unknown }: Agreement): void {
  say(
    `${String(agreeing)} agree, ${String(differing.length)} differ, ${String(missing.length)} are due and do not run, ` +
      `${String(unknown.length)} run and are not in the books, ${String(startedLater)} start when something is due`,
  );
  for (const { id } of [...differing, ...missing].slice(0, SHOWN)) say(`  ${id}`);
  for (const id of unknown.slice(0, SHOWN)) say(`  ${id} is not in the books`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
