import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';
import { hashOfSources } from '../version';

const root = join(__dirname, '..');
const cacheFolder = join(root, 'node_modules', '.cache', 'dunlin');
/** Everything that can get into the bundle: workflows, their imports, and the versions of the packages. */
const sources = ['workflows', 'domain'];

/**
 * The workflows' code as one script. Making it takes seconds of CPU, so it is cached by the hash of its sources, for the next start and
 * every test file.
 *
 * @param interceptorModules files of workflow interceptors, for traces; a bundle with them is cached separately
 */
export async function workflowBundle(logger: Logger, interceptorModules: readonly string[] = []): Promise<{ code: string }> {
  const cached = join(cacheFolder, `workflows-${hashOfSources(sources).slice(0, 32)}${interceptorModules.length > 0 ? '-traced' : ''}.js`);
  const found = readIfThere(cached);
  if (found !== null) return { code: found };
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    workflowInterceptorModules: [...interceptorModules],
    logger,
  });
  keep(cached, code);
  return { code };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Renamed into place, so that no process reads half of it. If the folder cannot be written, that only costs time. */
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
