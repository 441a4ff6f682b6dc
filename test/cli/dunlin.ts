import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config';
import { pathOf } from '../architecture/repository';
import type { Product } from '../support/product';
import { temporalAddress } from '../support/stack';

/** The command line, as a process, on the product of a test. */

const execute = promisify(execFile);
type Line = Record<string, unknown>;

export async function environment(product: Product, change: Record<string, string> = {}): Promise<NodeJS.ProcessEnv> {
  const { system } = product;
  return childEnvironment({
    ...{ NODE_OPTIONS: '', DUNLIN_DATA: '/nowhere', DATABASE_URL: system.database.url, TEMPORAL_ADDRESS: await temporalAddress() },
    ...{ TASK_QUEUE: system.taskQueue, DUNLIN_URL: product.url, DUNLIN_API_KEY: system.keys.test, ...change },
  });
}

/** From another folder, as after `npm link`. */
export async function dunlin(
  product: Product,
  args: string[],
  change: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string; lines: Line[] }> {
  const options = { env: await environment(product, change), cwd: tmpdir(), timeout: 120_000 };
  const ran = await execute(process.execPath, [pathOf('cli/dunlin.cjs'), ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout, err: stderr };
    },
  );
  return { ...ran, lines: args.includes('--json') ? linesIn(ran.out) : [] };
}

const linesIn = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
