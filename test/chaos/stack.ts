/**
 * Dunlin as `npm start` runs it, on free ports and with a data folder of its own, whose processes a test may kill: the launcher
 * starts them again. What the test asks meanwhile it asks until it gets an answer, as a careful client would.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import Stripe from 'stripe';
import { connect, type Sql } from '../../db/connect';
import { isRunning } from '../../embedded/process-identity';
import type { NotedChild } from '../../embedded/run-file';
import { cleanUp, noted, start, temporaryFolder, type Launcher } from '../embedded/launcher';

export type ProcessName = 'server' | 'worker' | 'temporal' | 'postgres';

export interface ChaosStack {
  /** The official SDK, without its own retries. */
  stripe: Stripe;
  sql: Sql;
  temporal: Client;
  taskQueue: string;
  url: string;
  /** What `stripe` shows. */
  apiKey: string;
  /** The process that runs now under this name, if one does. */
  find(name: ProcessName): NotedChild | undefined;
  /** The same, once there is one. */
  running(name: ProcessName, other?: NotedChild): Promise<NotedChild>;
  /** kill -9 of what runs under this name; false where nothing does. */
  kill(name: ProcessName): boolean;
  /** kill -9, and waits until another one runs. */
  replace(name: ProcessName): Promise<void>;
  /** What the processes have logged, without Postgres and Temporal. */
  logs(): string;
  /** The figures of the server, as Prometheus reads them. */
  metrics(): Promise<string>;
  /** Stops the launcher and what it runs; the folder, and what runs elsewhere, stay. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStack(env: NodeJS.ProcessEnv = {}, folder = temporaryFolder()): Promise<ChaosStack> {
  const launcher: Launcher = start(folder, { LOG_LEVEL: 'warn', ...env });
  const { url, apiKey, databaseUrl, temporalAddress, operators } = await launcher.ready();
  const sql = connect(databaseUrl, { max: 6, name: 'chaos' });
  const connection = Connection.lazy({ address: temporalAddress });
  const { hostname, port } = new URL(url);
  const find = (name: ProcessName): NotedChild | undefined => noted(folder).find((child) => child.name === name && isRunning(child));
  const running = (name: ProcessName, other?: NotedChild): Promise<NotedChild> =>
    until(
      () => {
        const child = find(name);
        return child?.pid === other?.pid ? undefined : child;
      },
      { what: `a ${name} that runs` },
    );
  const kill = (name: ProcessName): boolean => {
    const child = find(name);
    if (child) process.kill(child.pid, 'SIGKILL');
    return child !== undefined;
  };
  return {
    ...{ sql, url, apiKey, find, running, kill, taskQueue: 'dunlin', temporal: new Client({ connection }) },
    stripe: new Stripe(apiKey, {
      host: hostname,
      port: Number(port),
      protocol: 'http',
      maxNetworkRetries: 0,
      telemetry: false,
      timeout: 70_000,
    }),
    replace: async (name) => {
      const old = find(name);
      kill(name);
      await running(name, old);
    },
    logs: () => ['server', 'worker'].map((name) => readFileSync(join(folder, 'logs', `${name}.log`), 'utf8')).join(''),
    metrics: async () => (await fetch(`${operators.server ?? url}/metrics`)).text(),
    halt: async () => {
      await sql.end({ timeout: 1 });
      await connection.close();
      launcher.process.kill('SIGTERM');
      await launcher.ended();
    },
    stop: async () => {
      await sql.end({ timeout: 1 });
      await connection.close();
      await cleanUp();
    },
  };
}

/** Asks until the answer is truthy; errors on the way are outages. */
export async function until<T>(
  ask: () => Promise<T> | T,
  of: { timeoutMs?: number; everyMs?: number; what: string },
): Promise<NonNullable<T>> {
  const deadline = Date.now() + (of.timeoutMs ?? 60_000);
  let last: unknown = null;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = null;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`still waiting for ${of.what}`, { cause: last });
    await sleep(of.everyMs ?? 50);
  }
}

/**
 * The answer to a call that is made until there is one. What must not be done twice carries an Idempotency-Key in its options:
 * an outage (no connection, 5xx) and "ask again" (409, 429) say nothing about whether it was done.
 */
export async function insist<T>(call: () => Promise<T>, timeoutMs = 180_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isOutage(error) || Date.now() > deadline) throw error;
    }
    await sleep(200);
  }
}

function isOutage(error: unknown): boolean {
  if (error instanceof Stripe.errors.StripeConnectionError) return true;
  if (error instanceof Stripe.errors.StripeError) return [409, 429].includes(error.statusCode ?? 0) || (error.statusCode ?? 0) >= 500;
  // Postgres: its connections are gone, or it does not take new ones yet.
  const { code } = error as { code?: string };
  return code !== undefined && /^(CONNECT|ECONN|EPIPE|57P0|08|53)/.test(code);
}
