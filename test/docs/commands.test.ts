import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config';
import { createAccount } from '../../db/accounts';
import { documents, pathOf, textOf } from '../architecture/repository';
import { startProduct, type Product } from '../support/product';

/** A fenced block of a document. Its info string says the language, and `run` where a reader can run it as it is. */
interface Block {
  info: string;
  text: string;
}

const blocksOf = (document: string): Block[] =>
  [...textOf(document).matchAll(/^```([a-z]+(?: run)?)\n(.*?)^```$/gms)].map(([, info = '', text = '']) => ({ info, text }));
const runnable = (document: string): Block[] => blocksOf(document).filter(({ info }) => info.endsWith(' run'));
const execute = promisify(execFile);

let product: Product;
let folder: string;

beforeAll(async () => {
  product = await startProduct();
  folder = mkdtempSync(join(tmpdir(), 'dunlin-docs-'));
  mkdirSync(join(folder, '.dunlin'));
  symlinkSync(pathOf('node_modules'), join(folder, 'node_modules'));
}, 120_000);
afterAll(async () => {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Each document is followed by a seller who has followed no other. */
async function asNewSeller(name: string): Promise<void> {
  const { keys } = await createAccount(product.sql, { name });
  writeFileSync(join(folder, '.dunlin', 'dev.json'), JSON.stringify({ url: product.url, apiKey: keys.test }));
}

/** A refused call fails the block, as it would not with curl alone. */
const STRICT = 'set -euo pipefail\ncurl() { command curl --silent --show-error --fail-with-body "$@"; echo; }\n';

async function run(blocks: Block[]): Promise<string> {
  const shell = blocks.filter(({ info }) => info === 'sh run').map(({ text }) => text);
  const options = { cwd: folder, env: childEnvironment({ NODE_OPTIONS: '' }), timeout: 120_000, maxBuffer: 10_000_000 };
  const { stdout } = await execute('bash', ['-c', STRICT + shell.join('\n')], options);
  let output = stdout;
  for (const { text } of blocks.filter(({ info }) => info === 'ts run')) {
    writeFileSync(join(folder, 'block.mts'), text);
    output += (await execute(process.execPath, ['--import', 'tsx', 'block.mts'], options)).stdout;
  }
  return output;
}

test.each(documents.filter((document) => document !== 'README.md' && runnable(document).length > 0))(
  '%s: its commands work',
  async (document) => {
    await asNewSeller(document);
    expect(await run(runnable(document))).not.toContain('"error":{');
  },
  150_000,
);

test('the README’s first subscription is paid, and the example ends with status active', async () => {
  await asNewSeller('README.md');
  const output = await run(runnable('README.md'));
  expect(output).toMatch(/"status":\s*"active"/);
  expect(output.trimEnd().split('\n').slice(-4)).toEqual([
    'active',
    expect.stringMatching(/paid [2-9] 2026-03-31/) as string,
    expect.stringMatching(/paid 1 2026-02-28/) as string,
    expect.stringMatching(/paid 1 2026-01-31/) as string,
  ]);
}, 150_000);

test('every curl example can be run', () => {
  const calls = documents.flatMap((name) => blocksOf(name).map((block) => ({ name, ...block })));
  expect(calls.filter(({ info, text }) => info === 'sh' && /\bcurl\b/.test(text)).map(({ name }) => name)).toEqual([]);
  expect(readFileSync(pathOf('README.md'), 'utf8')).toContain('```sh run');
});
