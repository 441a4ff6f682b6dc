import Stripe from 'stripe';
import { spawnProgram, type ProgramProcess } from '../observability/program';
import type { Product } from '../support/product';
import { temporalAddress } from '../support/stack';

/** A client that repeats what another request holds, as callers should. */
export function clientOf(url: string, key: string): Stripe {
  const { hostname: host, port } = new URL(url);
  return new Stripe(key, { host, port, protocol: 'http', maxNetworkRetries: 5, telemetry: false });
}

/** A further server of the product, in a process of its own. */
export async function startServer({ system }: Product, env: Record<string, string> = {}): Promise<ProgramProcess> {
  return spawnProgram('server', {
    ...{ DATABASE_URL: system.database.url, TEMPORAL_ADDRESS: await temporalAddress() },
    ...{ TASK_QUEUE: system.taskQueue, LOG_LEVEL: 'fatal', ...env },
  });
}
