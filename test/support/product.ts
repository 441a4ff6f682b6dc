import type Stripe from 'stripe';
import type { Sql } from '../../db/connect';
import { startSystem, type SystemOptions, type TestSystem } from './system';

/** The whole product as a customer of it sees it: the API by the official SDK, and the books behind it. */
export interface Product {
  /** The official SDK with the account's test key. */
  stripe: Stripe;
  sql: Sql;
  url: string;
  account: string;
  system: TestSystem;
  /** A call of Dunlin's own, which the SDK has no method for. */
  post(path: string, parameters?: Record<string, unknown>): Promise<Record<string, unknown>>;
  get(path: string): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** One server and one worker in the test's own process, with a database and a task queue of their own. */
export async function startProduct(options: SystemOptions = {}): Promise<Product> {
  const system = await startSystem(options);
  const { stripe, database, url, account } = system;
  return {
    ...{ stripe, sql: database.sql, url, account, system },
    post: (path, parameters = {}) => stripe.rawRequest('POST', path, parameters) as Promise<Record<string, unknown>>,
    get: (path) => stripe.rawRequest('GET', path) as Promise<Record<string, unknown>>,
    stop: () => system.stop(),
  };
}
