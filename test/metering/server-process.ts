import { spawn } from 'node:child_process';
import { join } from 'node:path';
import Stripe from 'stripe';
import { childEnvironment } from '../../config';
import type { TestServer } from '../server/server';

/** A server in a process of its own on the database of another, so that it can be killed. */
export interface ServerProcess {
  as(key: string): Stripe;
  /** SIGKILL: it has no moment to say goodbye. */
  kill(): Promise<void>;
}

const root = join(__dirname, '..', '..');

export async function spawnServer(beside: TestServer): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'server', 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: childEnvironment({ DATABASE_URL: beside.database.url, TEMPORAL_ADDRESS: '127.0.0.1:1', PORT: '0', LOG_LEVEL: 'fatal' }),
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<URL>((resolve, reject) => {
    child.once('message', (message) => {
      resolve(new URL((message as { url: string }).url));
    });
    void ended.then(() => {
      reject(new Error('the server ended before it was ready'));
    });
  });
  const where = { host: url.hostname, port: Number(url.port), protocol: 'http' as const };
  return {
    as: (key) => new Stripe(key, { ...where, maxNetworkRetries: 0, telemetry: false }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
