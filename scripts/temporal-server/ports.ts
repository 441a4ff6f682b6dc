/** Free ports for the services of a Temporal server. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const;

export type ServicePorts = Record<(typeof SERVICES)[number], { grpc: number; membership: number }>;

/** Temporal keeps its members' ports in a signed column of 16 bits. These are also below the ports that Linux gives to outgoing connections. */
const LOWEST = 18_000;
const HIGHEST = 32_000;
const TRIES = 100;

export async function freeServicePorts(): Promise<ServicePorts> {
  const ports: Partial<ServicePorts> = {};
  const taken = new Set<number>();
  for (const service of SERVICES) ports[service] = { grpc: await freeLowPort(taken), membership: await freeLowPort(taken) };
  return ports as ServicePorts;
}

async function freeLowPort(taken: Set<number>): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
  throw new Error(`there is no free port between ${String(LOWEST)} and ${String(HIGHEST)}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
