import { createServer, type AddressInfo } from 'node:net';
import type { Config } from '../config';

/** The ports of one start. */
export interface Ports {
  api: number;
  postgres: number;
  temporal: number;
  temporalUi: number;
  /** Of the operators' listeners. */
  serverMetrics: number;
  workerMetrics: number;
}

interface WantedPort {
  name: string;
  variable: string;
  port: number;
  host: string;
  /** Whether Dunlin will listen there. */
  used: boolean;
}

/**
 * The configured ports, with free ones instead of 0.
 *
 * @throws Error in one line that names each taken port and the variable that changes it
 */
export async function choosePorts(config: Config): Promise<Ports> {
  const wanted = wantedPorts(config);
  await refuseTaken(wanted.filter(({ used, port }) => used && port !== 0));
  const ports: number[] = [];
  for (const { port, host, used } of wanted) ports.push(used && port === 0 ? await freePortBesides(ports, host) : port);
  const [api = 0, postgres = 0, temporal = 0, temporalUi = 0, serverMetrics = 0, workerMetrics = 0] = ports;
  return { api, postgres, temporal, temporalUi, serverMetrics, workerMetrics };
}

/** The chosen ports that another program listens on now. Only meaningful while Dunlin itself listens on none of them. */
export async function lostPorts(config: Config, ports: Ports): Promise<number[]> {
  const { api, postgres, temporal, temporalUi, serverMetrics, workerMetrics } = ports;
  const chosen = [api, postgres, temporal, temporalUi, serverMetrics, workerMetrics];
  const used = wantedPorts(config).flatMap(({ port, host, used: isUsed }, index) =>
    isUsed && port === 0 ? [{ port: chosen[index] ?? 0, host }] : [],
  );
  const free = await Promise.all(used.map(({ port, host }) => isFree(port, host)));
  return used.flatMap(({ port }, index) => (free[index] ? [] : [port]));
}

/** In the order in which `Ports` names them. */
function wantedPorts(config: Config): WantedPort[] {
  const temporal = config.temporalAddress === undefined;
  return [
    { name: 'the API', variable: 'PORT', port: config.port, host: config.host, used: true },
    {
      ...{ name: 'Postgres', variable: 'DUNLIN_POSTGRES_PORT', port: config.embeddedPostgresPort },
      ...{ host: loopback, used: config.databaseUrl === undefined },
    },
    { name: 'Temporal', variable: 'DUNLIN_TEMPORAL_PORT', port: config.embeddedTemporalPort, host: loopback, used: temporal },
    { name: "Temporal's UI", variable: 'DUNLIN_TEMPORAL_UI_PORT', port: config.embeddedTemporalUiPort, host: loopback, used: temporal },
    ...metricsPorts(config),
  ];
}

/** Free ones, unless a port is configured: then the server uses it, and the worker the next. */
function metricsPorts({ metricsPort = 0, metricsHost: host }: Config): WantedPort[] {
  const variable = 'METRICS_PORT';
  return [
    { name: "the server's metrics", variable, port: metricsPort, host, used: true },
    { name: "the worker's metrics", variable, port: metricsPort === 0 ? 0 : metricsPort + 1, host, used: true },
  ];
}

const loopback = '127.0.0.1';

/** A TCP port without a listener now. */
export async function freePort(host = loopback): Promise<number> {
  const port = await tryListen(0, host);
  if (port === undefined) throw new Error(`no free port on ${host}`);
  return port;
}

async function refuseTaken(wanted: WantedPort[]): Promise<void> {
  const free = await Promise.all(wanted.map(({ port, host }) => isFree(port, host)));
  const taken = wanted.filter((_, index) => free[index] !== true).map(({ name, variable, port }) => `${port} (${name}: ${variable})`);
  if (taken.length === 0) return;
  throw new Error(`in use: port ${taken.join(', port ')}. Set the variable to another port, or PORT=0 to take free ones`);
}

async function freePortBesides(others: number[], host: string): Promise<number> {
  for (;;) {
    const port = await freePort(host);
    if (!others.includes(port)) return port;
  }
}

/** Whether a server could listen here now. */
export async function isFree(port: number, host = loopback): Promise<boolean> {
  return (await tryListen(port, host)) !== undefined;
}

async function tryListen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const taken = (server.address() as AddressInfo).port;
      server.close(() => {
        resolve(taken);
      });
    });
  });
}
