import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config';
import { createAccount } from '../../db/accounts';
import { documents, pathOf, textOf } from '../architecture/repository';
import { useProduct } from '../support/product';

/** A fenced block of a document. Its info string says the language, and `run` where a reader can run it as it is. */
interface Block {
  info: string;
  text: string;
}

export const blocksOf = (document: string): Block[] =>
  [...textOf(document).matchAll(/^```([a-z]+(?: run)?)\n(.*?)^```$/gms)].map(([, info = '', text = '']) => ({ info, text }));
const runnable = (document: string): Block[] => blocksOf(document).filter(({ info }) => info.endsWith(' run'));

/** Documents with commands that a reader can run; of the README more is asked. */
export const withCommands = documents.filter((document) => document !== 'README.md' && runnable(document).length > 0);

const execute = promisify(execFile);

/** A refused call fails the block, as it would not with curl alone. */
const STRICT = 'set -euo pipefail\ncurl() { command curl --silent --show-error --fail-with-body "$@"; echo; }\n';

async function run(blocks: Block[], cwd: string): Promise<string> {
  const shell = blocks.filter(({ info }) => info === 'sh run').map(({ text }) => text);
  const options = { cwd, env: childEnvironment({ NODE_OPTIONS: '' }), timeout: 120_000, maxBuffer: 10_000_000 };
  const { stdout } = await execute('bash', ['-c', STRICT + shell.join('\n')], options);
  let output = stdout;
  for (const { text } of blocks.filter(({ info }) => info === 'ts run')) {
    writeFileSync(join(cwd, 'block.mts'), text);
    output += (await execute(process.execPath, ['--import', 'tsx', 'block.mts'], options)).stdout;
  }
  return output;
}

/** Runs what a document tells its readers to run, on a product for the tests of the file. Each is followed by a seller who has followed no other. */
export function useDocuments(): { outputOf: (document: string) => Promise<string> } {
  const product = useProduct();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dunlin-docs-'));
    mkdirSync(join(folder, '.dunlin'));
    symlinkSync(pathOf('node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    outputOf: async (document) => {
      const { keys } = await createAccount(product.sql, { name: document });
      writeFileSync(join(folder, '.dunlin', 'dev.json'), JSON.stringify({ url: product.url, apiKey: keys.test }));
      return run(runnable(document), folder);
    },
  };
}
