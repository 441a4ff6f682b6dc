import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';

const root = join(__dirname, '..');
const cacheFolder = join(root, 'node_modules', '.cache', 'dunlin');
/** Everything that can get into the bundle: workflows, what they import, and the versions of the packages. */
const sources = ['workflows', 'domain'];

/**
 * The workflows' code as one script. Making it takes seconds of CPU, so it is kept by the hash of what it is made of: the next
 * start, and every test file, takes it as it is.
 */
export async function workflowBundle(logger: Logger): Promise<{ code: string }> {
  const cached = join(cacheFolder, `workflows-${hashOfSources()}.js`);
  const found = readIfThere(cached);
  if (found !== null) return { code: found };
  const { code } = await bundleWorkflowCode({ workflowsPath: join(root, 'workflows', 'index.ts'), logger });
  keep(cached, code);
  return { code };
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of [...sources.flatMap((folder) => filesOf(join(root, folder))), join(root, 'package-lock.json')]) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(folder, name));
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Renamed into place, so that nobody reads half of it. A folder that cannot be written to costs time, and nothing else. */
function keep(file: string, code: string): void {
  const unfinished = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(unfinished, code);
    renameSync(unfinished, file);
  } catch {
    return;
  }
}
