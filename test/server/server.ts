import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import Stripe from 'stripe';
import { childEnvironment, loadConfig } from '../../config';
import { createAccount } from '../../db/accounts';
import { secretsOf } from '../../db/installation-key';
import { processorAsker } from '../../gateways/ask-processor';
import { createApp } from '../../server/app';
import { rendererOf } from '../../server/documents/renderer';
import type { Dependencies } from '../../server/http/dependencies';
import type { Operation } from '../../server/http/operation';
import { Changes } from '../../temporal/changes';
import { checkedApp } from '../support/checked-app';
import { createDatabase, type TestDatabase } from '../support/stack';

/** The API on a free port, with a database of its own. What has a workflow is not tried here: Temporal is not there. */
export interface TestServer {
  url: string;
  keys: { test: string; live: string };
  account: string;
  stripe: Stripe;
  deps: Dependencies;
  database: TestDatabase;
  /** The official SDK with another key. */
  as(key: string): Stripe;
  stop(): Promise<void>;
}

/** @param environment variables, besides those of the test's database */
export async function startServer(operations?: readonly Operation[], environment: Record<string, string> = {}): Promise<TestServer> {
  const database = await createDatabase();
  const { account, keys } = await createAccount(database.sql, { name: 'Tests' });
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const temporal = new Client({ connection });
  const config = loadConfig({ ...environment, DATABASE_URL: database.url });
  const deps: Dependencies = {
    sql: database.sql,
    temporal,
    changes: new Changes(temporal, 'none'),
    config,
    ...(await secretsOf(database.sql, config)),
    log: pino({ level: childEnvironment()['LOG_LEVEL'] ?? 'silent' }),
    askTaxProvider: () => Promise.reject(new Error('no test of the server alone asks a tax provider')),
    processors: processorAsker({}, {}),
    notify: () => undefined,
  };
  const app = checkedApp(createApp(deps, operations));
  const server = createServer(app.listener);
  const port = await listen(server);
  const as = (key: string): Stripe =>
    new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  return {
    url: `http://127.0.0.1:${String(port)}`,
    keys,
    account,
    stripe: as(keys.test),
    deps,
    database,
    as,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rendererOf(deps).stop();
      await connection.close();
      await database.drop();
      await app.assertAnswers();
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** What an operation refused: the SDK throws it. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ type: string; code?: string; param?: string; statusCode?: number; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
