import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';
import { hashOfSources } from '../version';

const root = join(__dirname, '..');
const cacheFolder = join(root, 'node_modules', '.cache', 'dunlin');
/** Everything that can get into the bundle: workflows, their imports, and the versions of the packages. */
const sources = ['workflows', 'domain'];

export interface BundleOptions {
  /** Files of workflow interceptors, for traces; a bundle with them is cached separately. */
  interceptorModules?: readonly string[];
  /** Whether errors and promises of workflows have call stacks, which take about a fifth of a worker's CPU. */
  callStacks?: boolean;
}

/**
 * The workflows' code as one script. Making it takes seconds of CPU, so it is cached by the hash of its sources, for the next start and
 * every test file.
 */
export async function workflowBundle(logger: Logger, options: BundleOptions = {}): Promise<{ code: string }> {
  const { interceptorModules = [], callStacks = false } = options;
  const code = await bundled(logger, interceptorModules);
  return { code: callStacks ? code : `${WITHOUT_CALL_STACKS}${withoutSourceMap(code)}` };
}

/**
 * The script runs before Temporal freezes the sandbox's `Error`, so it is the only place that can set this. Promise hooks stay: in Node,
 * `AsyncLocalStorage` uses the same ones, and without them a workflow loses its cancellation scopes.
 */
const WITHOUT_CALL_STACKS = 'Error.stackTraceLimit = 0;';

/**
 * Two thirds of the script are its source map, which only call stacks are looked up in. The SDK parses it and copies it to the thread of the
 * workflows, and refuses a script without one.
 */
function withoutSourceMap(code: string): string {
  const map = { version: 3, file: 'workflows.js', sources: [], sourcesContent: [], names: [], mappings: '' };
  const text = Buffer.from(JSON.stringify(map)).toString('base64');
  return `${code.slice(0, code.lastIndexOf(SOURCE_MAP))}${SOURCE_MAP}application/json;base64,${text}\n`;
}

const SOURCE_MAP = '//# sourceMappingURL=data:';

async function bundled(logger: Logger, interceptorModules: readonly string[]): Promise<string> {
  const cached = join(cacheFolder, `workflows-${hashOfSources(sources).slice(0, 32)}${interceptorModules.length > 0 ? '-traced' : ''}.js`);
  const found = readIfThere(cached);
  if (found !== null) return found;
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    workflowInterceptorModules: [...interceptorModules],
    logger,
  });
  keep(cached, code);
  return code;
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
