import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config';
import { pathOf } from '../architecture/repository';
import { startProduct, type Product } from '../support/product';

/** `fills.test.ts` of scenarios makes a company by the same code; commands.test.ts has a wrong option. */
const execute = promisify(execFile);

let product: Product;
let folder: string;

beforeAll(async () => {
  product = await startProduct();
  folder = mkdtempSync(join(tmpdir(), 'dunlin-seed-'));
  writeFileSync(join(folder, 'dev.json'), JSON.stringify({ url: product.url, apiKey: product.system.keys.test }));
}, 120_000);
afterAll(async () => {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function seed(...args: string[]): Promise<string> {
  const env = childEnvironment({ NODE_OPTIONS: '', DUNLIN_DATA: folder });
  const { stdout } = await execute(process.execPath, [pathOf('cli/dunlin.cjs'), 'seed', ...args], { env, timeout: 240_000 });
  return stdout;
}

const books = () => product.sql`
  select c.name, s.metadata ->> 'kind' as kind, s.status, count(i.id)::int as invoices, sum(i.total)::int as total
  from customers c left join subscriptions s on s.customer = c.id left join invoices i on i.customer = c.id
  group by 1, 2, 3 order by 1, 2`;

test('a seed creates a company with subscriptions of every kind, and a second run creates nothing twice', async () => {
  const args = ['--customers', '22', '--months', '2', '--from', '2026-01-01', '--seed', 'test'];
  expect(await seed(...args)).toMatch(/Done: 22 customers/);
  const first = await books();
  expect(first).toHaveLength(22);
  expect(new Set(first.map((row) => row['kind'] as string | null)).size).toBeGreaterThanOrEqual(10);
  expect(first.every((row) => Number(row['invoices']) > 0)).toBe(true);
  await seed(...args);
  expect(await books()).toEqual(first);
}, 300_000);
