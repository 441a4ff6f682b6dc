import type Stripe from 'stripe';
import type { Sql } from '../../db/connect';
import { lendSystem, startSystem, type SystemOptions, type TestSystem } from './system';

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
  return productOf(await startSystem(options));
}

function productOf(system: TestSystem): Product {
  const { stripe, database, url, account } = system;
  return {
    ...{ stripe, sql: database.sql, url, account, system },
    post: (path, parameters = {}) => stripe.rawRequest('POST', path, parameters) as Promise<Record<string, unknown>>,
    get: (path) => stripe.rawRequest('GET', path) as Promise<Record<string, unknown>>,
    stop: () => system.stop(),
  };
}

/**
 * One product for the tests of a file, with an empty database and one account. What it has may be named at the top of the file
 * (`const { stripe } = product`), and is there once the tests run. Without options it is lent: files before and after this one have the same server
 * and worker. A file whose tests change more than rows and workflows gives options, be they empty.
 */
export function useProduct(options?: SystemOptions): Product {
  let started: Product | undefined;
  beforeAll(async () => {
    if (options === undefined) started = productOf(await lendSystem());
    else started = await startProduct(options);
  }, 120_000);
  afterAll(() => started?.stop());
  const running = (): Product => {
    if (started === undefined) throw new Error('the product runs only inside of tests');
    return started;
  };
  const stripe = later(() => running().stripe);
  const system = later(() => running().system);
  return later(running, { stripe, system });
}

/** What `find` finds at each use. `known` is there from the beginning. */
export function later<T extends object>(find: () => T, known: Partial<T> = {}): T {
  return new Proxy(known as T, {
    get(_target, name) {
      if (name in known) return known[name as keyof T];
      const found = find();
      const value: unknown = Reflect.get(found, name);
      return typeof value === 'function' && name !== 'sql' ? (value.bind(found) as unknown) : value;
    },
  });
}
