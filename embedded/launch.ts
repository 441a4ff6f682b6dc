import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, loadConfig } from '../config';
import type { DevFile } from './data-folder';
import type { Progress } from './progress';
import { Stack } from './stack';
import { watchSources } from './watch';

/** What a launch shows while it goes on, and what it does besides. */
export interface LaunchOptions {
  /** Whether changed sources restart their program. */
  isWatching: boolean;
  progress: Progress;
  /** Called once everything answers. */
  announce: (running: DevFile, dataFolder: string) => void;
}

/** How long a start that is being stopped may take to notice. */
const unwindMs = 5_000;

/** All of Dunlin on one machine, until Ctrl-C. A start that fails ends the process. */
export async function launch({ isWatching, progress, announce }: LaunchOptions): Promise<void> {
  // A closed terminal takes its streams with it; that must not prevent the children from being stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const config = loadConfig();
  const stack = new Stack(config, progress);
  const starting = stack.start();
  stopOnSignals(stack, starting, progress);
  stopOnFault(stack);
  try {
    announce(await starting, config.dataFolder);
    if (isWatching) watchSources(stack, progress);
  } catch (error) {
    if (isStopping) return;
    isStopping = true;
    await stack.stop();
    fail(error);
  }
}

let isStopping = false;

/** Under npm one Ctrl-C arrives twice: from the terminal, and passed on by npm. Within this time it is the same one. */
const sameSignalMs = 500;

function stopOnSignals(stack: Stack, starting: Promise<unknown>, progress: Progress): void {
  let firstMs = 0;
  const onSignal = (): void => {
    if (isStopping) {
      if (Date.now() - firstMs < sameSignalMs) return;
      progress.say('Stopping now.');
      stack.kill();
      process.exit(130);
    }
    isStopping = true;
    firstMs = Date.now();
    progress.say('Stopping (once more to force it) …');
    void unwind(stack, starting).then(() => {
      progress.say('Stopped.');
      process.exit(0);
    }, fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

/** An error of the launcher itself ends its children, because no process would watch over them. */
function stopOnFault(stack: Stack): void {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`dunlin: a fault of the launcher: ${error.stack ?? error.message}\n`);
    if (isStopping) return;
    isStopping = true;
    void stack.stop().then(() => process.exit(1), fail);
  });
}

// A start in progress may start one more child while the others stop; the second stop ends that one too.
async function unwind(stack: Stack, starting: Promise<unknown>): Promise<void> {
  await stack.stop();
  await Promise.race([starting.catch(() => undefined), sleep(unwindMs)]);
  await stack.stop();
}

/** For people: the addresses, the key, and how to stop. */
export function welcome(running: DevFile, dataFolder: string): string {
  return [
    '',
    'Dunlin is ready.',
    `  API           ${running.url}`,
    `  Docs          ${running.url}/docs`,
    ...(running.temporalUi === null ? [] : [`  Temporal UI   ${running.temporalUi}`]),
    `  Console       ${running.url}/console`,
    ...(running.consoleSetup === null ? [] : [`  Set it up at  ${running.consoleSetup}`]),
    `  Test API key  ${running.apiKey}`,
    `  Data, logs    ${dataFolder}`,
    '',
    'Ctrl-C stops everything; the next start resumes from here.',
  ].join('\n');
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const prefix = error instanceof ConfigError ? '' : 'dunlin: ';
  process.stderr.write(`${prefix}${message}\n`);
  process.exit(1);
}
