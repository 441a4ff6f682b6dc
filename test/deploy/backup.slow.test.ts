/** Books that are restored from a dump while Temporal has gone on: `npm run test:deploy`. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Stripe from 'stripe';
import { childEnvironment } from '../../config';
import { createAccount } from '../../db/accounts';
import { connect, type Sql } from '../../db/connect';
import { contentsOf, differencesBetween, ledgerFaults } from '../../scripts/backup-drill/checks';
import { PostgresPrograms } from '../../scripts/backup-drill/postgres-programs';
import { contradictions } from '../chaos/books';
import { spawnProgram, type ProgramProcess } from '../observability/program';
import { ADMIN_URL, OWNER, asAdmin, createDatabase, temporalAddress, type TestDatabase } from '../support/stack';
import { until } from '../support/system';
import { postgresClient } from './tools';

jest.setTimeout(300_000);

const execute = promisify(execFile);
const root = join(__dirname, '..', '..');
const taskQueue = `backup-${randomBytes(4).toString('hex')}`;
const restoredName = `test_restored_${randomBytes(4).toString('hex')}`;
const administrator = childEnvironment()[ADMIN_URL] ?? '';
const VISA = 'pm_card_visa';
const DAY = 86_400;

let database: TestDatabase;
let programs: PostgresPrograms;
let bin: string;
let folder: string;
let file: string;
let key: string;
let restored: Sql;
let running: ProgramProcess[] = [];
let stripe: Stripe;

beforeAll(async () => {
  database = await createDatabase();
  key = (await createAccount(database.sql, { name: 'Tests' })).keys.test;
  bin = await postgresClient();
  programs = new PostgresPrograms(bin);
  folder = mkdtempSync(join(tmpdir(), 'dunlin-backup-'));
  file = join(folder, 'dunlin.dump');
});

afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  await (restored as Sql | undefined)?.end({ timeout: 5 });
  await asAdmin((admin) => admin.unsafe(`drop database if exists ${restoredName} with (force)`));
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const environment = async (url: string): Promise<Record<string, string>> => ({
  ...{ DATABASE_URL: url, TEMPORAL_ADDRESS: await temporalAddress(), TASK_QUEUE: taskQueue, LOG_LEVEL: 'warn' },
});

async function startOn(url: string): Promise<void> {
  const env = await environment(url);
  running = await Promise.all([spawnProgram('server', env), spawnProgram('worker', env)]);
  const { hostname: host, port } = new URL(running[0]?.url ?? '');
  stripe = new Stripe(key, { host, port, protocol: 'http', telemetry: false });
}

async function run(url: string, script: string, ...given: string[]): Promise<{ code: number; output: string }> {
  const env = childEnvironment({ NODE_OPTIONS: '', ...(await environment(url)) });
  const command = ['--import', 'tsx', join(root, 'scripts', `${script}.ts`), ...given];
  return execute(process.execPath, command, { cwd: root, env, timeout: 120_000 }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    },
  );
}

const restoredUrl = (): string => {
  const url = new URL(database.url);
  url.pathname = `/${restoredName}`;
  return url.href;
};

async function subscribed(more: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<string> {
  const { id: customer } = await stripe.customers.create({ payment_method: VISA, invoice_settings: { default_payment_method: VISA } });
  const recurring = { interval: 'month' } as const;
  const { id: price } = await stripe.prices.create({ currency: 'usd', unit_amount: 700, recurring, product_data: { name: 'Pro' } });
  return (await stripe.subscriptions.create({ customer, items: [{ price }], ...more })).id;
}

/** Invoices of months that were paid. */
const renewalsOf = async (subscription: string): Promise<Stripe.Invoice[]> =>
  (await stripe.invoices.list({ subscription, status: 'paid' })).data.filter(
    ({ billing_reason: reason }) => reason === 'subscription_cycle',
  );
const soon = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

let renewed: string;
let canceled: string;
let trying: string;
let late: string;
let charges: string[];

test('the drill restores what was dumped while the product runs, row by row, and says how long it took', async () => {
  await startOn(database.url);
  await stripe.rawRequest('POST', '/v1/account_settings', { invoices: { drafts: 'none' } });
  renewed = await subscribed({ billing_cycle_anchor: soon(30), proration_behavior: 'none' });
  canceled = await subscribed();
  trying = await subscribed({ trial_end: soon(20 * DAY) });
  const { code, output } = await run(database.url, 'backup-drill', '--admin', administrator, '--file', file, '--bin', bin);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^dump {5}\d+\.\d s, \d+\.\d MB$/m) as string });
  expect(output).toMatch(/^restore {2}\d+\.\d s$/m);
  expect(output).toMatch(/^1\d\d tables came back as they were; the ledger agrees with the invoices$/m);
  expect(await run(database.url, 'workflows', 'check')).toEqual({
    code: 0,
    output: expect.stringMatching(/^[3-9] agree, 0 differ, 0 are due/) as string,
  });
});

test('a table that lost a row is found', async () => {
  await asAdmin((sql) => sql.unsafe(`create database ${restoredName} owner ${OWNER}`));
  await programs.restore(restoredUrl(), { file, jobs: 1 });
  restored = connect(restoredUrl(), { max: 4, name: 'dunlin-test' });
  const before = await contentsOf(restored);
  await expect(
    restored.begin(async (tx) => {
      await tx`alter table ledger_entries disable trigger user`;
      await tx`delete from ledger_entries where id = (select min(id) from ledger_entries)`;
      expect(differencesBetween(before, await contentsOf(tx))).toEqual(['ledger_entries']);
      expect(await ledgerFaults(tx)).not.toEqual([]);
      throw new Error('nothing stays');
    }),
  ).rejects.toThrow('nothing stays');
});

test('after a restore, workflows that are ahead of the books are found', async () => {
  await until(async () => (await renewalsOf(renewed)).length > 0, { what: 'a renewal that the dump does not have', timeoutMs: 90_000 });
  await stripe.subscriptions.cancel(canceled);
  await stripe.subscriptions.update(trying, { trial_end: soon(40 * DAY) });
  late = await subscribed();
  await Promise.all(running.map((program) => program.stop()));
  // The processor remembers what it was asked for, whatever happens to the books.
  const operations = await database.sql<{ kind: string; key: string }[]>`select * from sandbox_operations`;
  charges = operations.filter(({ kind }) => kind === 'charge').map(({ key: of }) => of);
  for (const operation of operations)
    await restored`insert into sandbox_operations ${restored(operation as unknown as Record<string, never>)} on conflict do nothing`;
  await startOn(restoredUrl());
  const { code, output } = await run(restoredUrl(), 'workflows', 'check');
  expect(code).toBe(1);
  expect(output).toContain(`subscription/${late} is not in the books`);
  expect(output).toContain(`  subscription/${trying}\n`);
  expect(output).toMatch(/, [1-9] start when something is due$/m);
});

test('the repair ends what the books do not know and wakes the others; then both agree, and what the processor has charged is not charged again', async () => {
  expect((await run(restoredUrl(), 'workflows', 'repair')).code).toBe(0);
  expect(await run(restoredUrl(), 'workflows', 'check')).toMatchObject({ code: 0 });
  await until(async () => (await renewalsOf(renewed)).length > 0, { what: 'the renewal, once more', timeoutMs: 90_000 });
  expect((await renewalsOf(renewed)).map(({ amount_paid: amount }) => amount)).toEqual([700]);
  const after = await restored<{ key: string }[]>`select key from sandbox_operations where kind = 'charge'`;
  expect(after.map(({ key: of }) => of).sort()).toEqual([...charges].sort());
  expect((await stripe.subscriptions.retrieve(trying)).trial_end).toBeLessThan(soon(21 * DAY));
  expect((await stripe.subscriptions.cancel(canceled)).status).toBe('canceled');
  expect((await contradictions(restored)).filter((wrong) => !charges.some((charge) => wrong.includes(charge)))).toEqual([]);
  expect(await restored`select workflow, reason, error from held`).toEqual([]);
});
