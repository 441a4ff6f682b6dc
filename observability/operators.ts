import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { registerBooks, type BookLoaders } from './books';
import type { Readiness } from './readiness';

/** The information of a process for its operators. */
export interface Operators {
  registry: Registry;
  readiness: Readiness;
  log: Logger;
  /** The content of `/metrics`, in Prometheus's text format. */
  metrics(): Promise<string>;
}

export interface OperatorsSetup {
  /** The running version of Dunlin. */
  version: string;
  readiness: Readiness;
  books: BookLoaders;
  log: Logger;
  /** Metrics of another part of this process, in the same format. */
  further?: () => Promise<string>;
}

/** How exactly the event loop's lag is measured. Each look wakes the process, so a hundred a second cost more than all else while it is idle. */
const LOOK_AT_LOOP_EVERY_MS = 100;

/** The metrics of one process: Node's own, whether its parts answer, and the books. */
export function createOperators({ version, readiness, books, log, further }: OperatorsSetup): Operators {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOK_AT_LOOP_EVERY_MS });
  const registers = [registry];
  new Gauge({ name: 'dunlin_build_info', help: 'The version of Dunlin that runs.', labelNames: ['version'], registers }).set(
    { version },
    1,
  );
  const up = new Gauge({
    name: 'dunlin_part_up',
    help: '1 where a part that this process needs answers.',
    labelNames: ['part'],
    registers,
  });
  const refreshBooks = registerBooks(registry, books);
  return {
    registry,
    readiness,
    log,
    async metrics() {
      const [{ parts }, more] = await Promise.all([readiness.look(), further?.().catch(() => '') ?? '', refreshBooks()]);
      for (const [part, { status }] of Object.entries(parts)) up.set({ part }, status === 'up' ? 1 : 0);
      return `${await registry.metrics()}${more}`;
    },
  };
}

/** The operators' HTTP listener: `/healthz`, `/readyz` and `/metrics`, without keys, on its own port. */
export interface OperatorsListener {
  url: string;
  close(): Promise<void>;
}

/**
 * Listens for operators.
 *
 * @param at port 0 picks a free one
 * @throws Error if the port is taken
 */
export async function listenForOperators(operators: Operators, at: { host: string; port: number }): Promise<OperatorsListener> {
  const server = createServer((request, response) => void answer(operators, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return { url: urlOf(server, at.host), close: () => close(server) };
}

interface Answered {
  status: number;
  type: string;
  text: string;
}

const json = (status: number, body: unknown): Answered => ({ status, type: 'application/json', text: JSON.stringify(body) });

async function answer(operators: Operators, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').replace(/\?.*$/, '');
  const { status, type, text } = await answerTo(path, operators).catch((error: unknown) => {
    operators.log.error({ err: error, path }, 'operators got no answer');
    return json(500, { status: 'failed' });
  });
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text);
}

async function answerTo(path: string, operators: Operators): Promise<Answered> {
  if (path === '/healthz') return json(200, { status: 'ok' });
  if (path === '/metrics') return { status: 200, type: operators.registry.contentType, text: await operators.metrics() };
  if (path !== '/readyz') return json(404, { error: 'There are /healthz, /readyz and /metrics.' });
  const ready = await operators.readiness.look();
  return json(ready.status === 'ready' ? 200 : 503, ready);
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${String(port)}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
