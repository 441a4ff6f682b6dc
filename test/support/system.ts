import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection } from '@temporalio/worker';
import { pino } from 'pino';
import Stripe from 'stripe';
import { loadConfig, publicUrlOf, type Config } from '../../config';
import { createAccount } from '../../db/accounts';
import { secretsOf } from '../../db/installation-key';
import { connect } from '../../db/connect';
import {
  createGateways,
  createTaxIdRegistries,
  createTaxProviders,
  createWebhooks,
  type RegistrySettings,
  type ProcessorSettings,
  type ApiKeys,
} from '../../gateways';
import { smtpServer } from '../../gateways/smtp';
import { taxProviderAsker } from '../../gateways/ask-tax-provider';
import { processorAsker } from '../../gateways/ask-processor';
import { createApp } from '../../server/app';
import { rendererOf } from '../../server/documents/renderer';
import type { Dependencies } from '../../server/http/dependencies';
import { Changes } from '../../temporal/changes';
import { wakeEntities } from '../../temporal/entities';
import { createNotifier, type Notifier } from '../../temporal/notify';
import { startWorker, type RunningWorker } from '../../worker/start';
import { checkedApp } from './checked-app';
import { quietRuntime } from './runtime';
import { createDatabase, createNamespace, temporalAddress, type TestDatabase } from './stack';

/** API, worker, Postgres and Temporal, all but the last two in the test's own process. */
export interface TestSystem {
  url: string;
  keys: { test: string; live: string };
  account: string;
  /** The official SDK with the test key. */
  stripe: Stripe;
  deps: Dependencies;
  database: TestDatabase;
  temporal: Client;
  taskQueue: string;
  /** Starts a further worker, after `stopWorker` or beside the first. */
  startWorker(): Promise<RunningWorker>;
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
}

export interface SystemOptions {
  /** Hosts and CIDR ranges that webhooks may go to; loopback where nothing is said. */
  webhookAllowedHosts?: string[];
  sweepEveryMs?: number;
  /** How many connections to Postgres server and worker share. Absent: a few. */
  connections?: number;
  /** As in TRUSTED_PROXIES: whose `X-Forwarded-For` says where a caller is. Absent: nobody's. */
  trustedProxies?: Config['trustedProxies'];
  /** Server, worker and test reach Postgres by this URL. Absent: directly. */
  serverUrl?: string;
  /** Workers reach Postgres by this URL, with the patience of the product, instead of directly. */
  workerDatabase?: (url: string) => Promise<string> | string;
  /** Keys and URL of Stripe as a processor; absent: the installation has no such key. */
  stripe?: ProcessorSettings['stripe'];
  /** The same of Mollie. */
  mollie?: ProcessorSettings['mollie'];
  /** Keys and URL of Stripe Tax; absent: the installation has no such key. */
  stripeTax?: ApiKeys;
  /** The registries of tax ids; absent: that of the Union does not answer, and there are no others. */
  registries?: Partial<RegistrySettings>;
  /** As in PROCESSORS; absent: the sandbox alone. */
  processors?: string;
  /** Absent: there is no mail server. */
  smtpUrl?: string;
  /** The version that workers say they are. */
  appVersion?: string;
  /** A namespace of Temporal of its own, for a second product that has objects with the same ids. Absent: the default. */
  namespace?: string;
  /** Gets every line that server and workers log. Absent: the server is silent, and workers log errors. */
  readLog?: (line: string) => void;
  /** Without one, what is asked of workflows waits until `startWorker`. */
  worker?: boolean;
}

/** Each connection plans each statement anew, which takes longer than most tests' waits for one. */
const FEW = 6;
const connectionsOf = ({ connections = FEW }: SystemOptions): number => connections;

const LOOPBACK = ['127.0.0.0/8', '::1', 'localhost'];

/** A product that has an account. */
export async function startSystem(options: SystemOptions = {}): Promise<TestSystem> {
  const installation = await startInstallation(options);
  return { ...installation, ...(await accountOn(installation)) };
}

declare global {
  /** For the teardown of Jest, which must not load the product to stop it. */
  var dunlinLentSystem: { stop(): Promise<void> } | undefined;
}

/** What the files of one of Jest's processes have lent to them, one after the other. */
let kept: Promise<{ installation: Installation; seeded: string[] }> | undefined;

/**
 * The product that this process of Jest has started before, or starts now, with an empty database and an account. Its start, and the planning of each
 * statement on each connection, take longer than many files' tests. `stop` ends its workflows and empties its database; the product goes on.
 */
export async function lendSystem(): Promise<TestSystem> {
  quietRuntime();
  kept ??= startToLend();
  const { installation, seeded } = await kept;
  if (!installation.hasWorker()) {
    await stopLentSystem();
    return lendSystem();
  }
  return {
    ...installation,
    ...(await accountOn(installation)),
    async stop() {
      await endWorkflows(installation.temporal, installation.taskQueue);
      await installation.database.empty(seeded);
      await installation.assertAnswers();
    },
  };
}

async function startToLend(): Promise<{ installation: Installation; seeded: string[] }> {
  globalThis.dunlinLentSystem = { stop: stopLentSystem };
  const installation = await startInstallation({});
  return { installation, seeded: await installation.database.tablesWithRows() };
}

async function stopLentSystem(): Promise<void> {
  const stopping = kept;
  kept = undefined;
  await (await stopping)?.installation.stop();
}

/** A product without an account. */
type Installation = Omit<TestSystem, 'account' | 'keys' | 'stripe'> & {
  port: number;
  hasWorker(): boolean;
  /** @throws Error with every answer since the last time that does not fit the OpenAPI document */
  assertAnswers(): Promise<void>;
};

async function accountOn({ database, port }: Installation): Promise<Pick<TestSystem, 'account' | 'keys' | 'stripe'>> {
  const { account, keys } = await createAccount(database.sql, { name: 'Tests' });
  return {
    account,
    keys,
    stripe: new Stripe(keys.test, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false }),
  };
}

async function startInstallation(options: SystemOptions): Promise<Installation> {
  const database = await createDatabase({ connections: connectionsOf(options), serverUrl: options.serverUrl });
  quietRuntime();
  const address = await temporalAddress();
  const connection = await NativeConnection.connect({ address });
  const { namespace = 'default' } = options;
  if (namespace !== 'default') await createNamespace(connection, namespace);
  const temporal = new Client({ connection, namespace });
  const taskQueue = `test-${database.url.split('_').at(-1) ?? ''}`;
  const webhookAllowedHosts = options.webhookAllowedHosts ?? LOOPBACK;
  const notifier = createNotifier(temporal, taskQueue, database.sql, () => undefined);
  const deps = await dependencies({
    ...{ database, temporal, taskQueue, webhookAllowedHosts, notifier },
    ...{
      stripe: { webhookSecrets: { live: [], test: [] }, ...options.stripe },
      ...{ mollie: {}, stripeTax: {}, ...withKeys(options) },
      hmrc: options.registries?.hmrc,
      abr: options.registries?.abr,
      smtpUrl: options.smtpUrl,
    },
    log: serverLog(options),
    processors: processorsIn(options, database.url),
    trustedProxies: options.trustedProxies ?? [],
  });
  const app = checkedApp(createApp(deps));
  const server = createServer(app.listener);
  const port = await listen(server);
  const workers: RunningWorker[] = [];
  const workerSql = options.workerDatabase
    ? connect(await options.workerDatabase(database.url), { name: 'dunlin-worker', patience: 'service' })
    : database.sql;
  const start = async (): Promise<RunningWorker> => {
    const { sweepEveryMs } = options;
    const worker = await startWorker({
      ...{ sql: workerSql, connection, namespace, taskQueue, webhookAllowedHosts },
      ...{
        ...{ secret: deps.secret, tokenSecrets: deps.tokenSecrets },
        appVersion: options.appVersion ?? 'test',
        guardPlanning: (_of, plan) => plan(),
        gateways: createGateways(workerSql, publicUrlOf(deps.config), deps.config),
        taxProviders: createTaxProviders(options.stripeTax ?? {}),
        // The discard port: by itself no test reaches the registry.
        taxIdRegistries: createTaxIdRegistries({ viesUrl: 'http://127.0.0.1:9', ...options.registries }),
        publicUrl: publicUrlOf(deps.config),
        apiUrl: `http://127.0.0.1:${String(port)}`,
        mailServer: options.smtpUrl === undefined ? null : smtpServer(options.smtpUrl),
        logger: workerLog(options),
        ...(sweepEveryMs === undefined ? {} : { sweepEveryMs }),
      },
    });
    workers.push(worker);
    return worker;
  };
  const stopWorkers = async (): Promise<void> => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  };
  if (options.worker !== false) await start();
  return {
    ...{ url: `http://127.0.0.1:${String(port)}`, port, deps, database, temporal, taskQueue },
    hasWorker: () => workers.length > 0,
    assertAnswers: () => app.assertAnswers(),
    startWorker: start,
    stopWorker: stopWorkers,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([notifier.stop(), rendererOf(deps).stop()]);
      await stopWorkers();
      if (workerSql !== database.sql) await workerSql.end({ timeout: 1 });
      await endWorkflows(temporal, taskQueue);
      await connection.close();
      await database.drop();
      await app.assertAnswers();
    },
  };
}

function processorsIn({ processors, stripe, mollie }: SystemOptions, databaseUrl: string): Config['processors'] {
  return loadConfig({
    ...{ DATABASE_URL: databaseUrl, PUBLIC_URL: 'https://pay.test', PROCESSORS: processors },
    ...{ STRIPE_TEST_KEY: stripe?.test, MOLLIE_TEST_KEY: mollie?.test },
  }).processors;
}

/** Only what is set, so that what is absent keeps its default. */
const withKeys = ({ mollie, stripeTax }: SystemOptions) => ({ ...(mollie && { mollie }), ...(stripeTax && { stripeTax }) });

interface Parts {
  database: TestDatabase;
  temporal: Client;
  taskQueue: string;
  webhookAllowedHosts: string[];
  notifier: Notifier;
  stripe: Config['stripe'];
  mollie: Config['mollie'];
  stripeTax: ApiKeys;
  hmrc: RegistrySettings['hmrc'];
  abr: RegistrySettings['abr'];
  smtpUrl: string | undefined;
  processors: Config['processors'];
  trustedProxies: Config['trustedProxies'];
  log: Dependencies['log'];
}

const workerLog = ({ readLog }: SystemOptions): DefaultLogger =>
  readLog === undefined ? new DefaultLogger('ERROR') : new DefaultLogger('TRACE', (entry) => readLog(inspect(entry, { depth: null })));

const serverLog = ({ readLog }: SystemOptions): Dependencies['log'] =>
  readLog === undefined ? pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }) : pino({ level: 'trace' }, { write: readLog });

async function dependencies({ notifier, log, ...parts }: Parts): Promise<Dependencies> {
  const { database, temporal, ...settings } = parts;
  const config = { ...loadConfig({ DATABASE_URL: database.url }), ...settings };
  return {
    sql: database.sql,
    temporal,
    changes: new Changes(temporal, settings.taskQueue),
    askTaxProvider: taxProviderAsker(createTaxProviders(settings.stripeTax)),
    processors: processorAsker(createGateways(database.sql, undefined, settings), createWebhooks(settings)),
    config,
    ...(await secretsOf(database.sql, config)),
    log,
    notify: (scope, now, { wakes, endpoints, hasMails }) => {
      notifier.notify(endpoints);
      if (hasMails === true) notifier.notifyMails(scope);
      void wakeEntities(
        temporal,
        settings.taskQueue,
        wakes.map((wake) => ({ ...wake, ...scope })),
        now,
      ).catch(() => undefined);
    },
  };
}

/** What is still running would wait for a worker that never comes, and fill the server that all tests of a run share. */
async function endWorkflows(temporal: Client, taskQueue: string): Promise<void> {
  const running = temporal.workflow.list({ query: `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running'` });
  for await (const { workflowId } of running) {
    await temporal.workflow
      .getHandle(workflowId)
      .terminate('the test is over')
      .catch(() => undefined);
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/**
 * Asks until the answer is truthy; the answer. The longer it has waited the less often it asks: an answer takes CPU from what it waits for.
 * What always takes a while is asked for when that is over (`afterMs`).
 */
export async function until<T>(
  ask: () => Promise<T> | T,
  of: { timeoutMs?: number; what?: string; afterMs?: number } = {},
): Promise<NonNullable<T>> {
  const from = Date.now();
  if (of.afterMs !== undefined) await sleep(of.afterMs);
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    const waited = Date.now() - from;
    if (waited > (of.timeoutMs ?? 20_000)) throw new Error(`still waiting for ${of.what ?? 'what was asked for'}`);
    await sleep(Math.min(150, 30 + waited / 8));
  }
}
