import { join } from 'node:path';
import { lastWords, startChild, stopChild, type Child } from './child';
import type { Service } from './supervisor';

/** One of Dunlin's own programs, worker or server. */
export interface Program {
  name: 'worker' | 'server';
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Called with its message when it is ready. */
  onReady?: (message: ReadyMessage) => void;
}

/** A program's IPC message once it works: the URL of its operators' listener, and for the server that of the API. */
export interface ReadyMessage {
  ready: true;
  url?: string;
  metrics?: string | null;
}

/** Root of the checkout: the folder with package.json. */
const root = join(__dirname, '..');

/**
 * The space for new objects, in MB. A request or a step leaves nothing behind, so with more space than Node's usual 16 MB, half as many
 * collections find as little to keep.
 */
const newSpace = '--max-semi-space-size=32';

const readyMs = 180_000;
/** Longer than the server needs to answer its accepted requests, and the worker to finish its work. */
const graceMs = 30_000;

/** The service that runs `<name>/main.ts`. */
export function programService(program: Program): Service {
  return {
    name: program.name,
    async start(onChild) {
      const child = await startChild({
        name: program.name,
        command: process.execPath,
        args: [newSpace, '--enable-source-maps', '--import', 'tsx', join(root, program.name, 'main.ts')],
        env: program.env,
        cwd: root,
        logFile: program.logFile,
        ipc: true,
      });
      // Both listeners are in place before the child can send anything.
      const ready = untilReady(child);
      onChild(child);
      try {
        const message = await ready;
        program.onReady?.(message);
      } catch (error) {
        await stopChild(child);
        throw error;
      }
      return child;
    },
    stop: (child) => stopChild(child, 'SIGTERM', graceMs),
  };
}

async function untilReady(child: Child): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`the ${child.name} did not become ready within ${readyMs / 1000} s:\n${lastWords(child)}`));
    }, readyMs);
    child.process.on('message', (message) => {
      if (!isReady(message)) return;
      clearTimeout(late);
      resolve(message);
    });
    void child.ended.then((how) => {
      clearTimeout(late);
      reject(new Error(`the ${child.name} ${how}:\n${lastWords(child)}`));
    });
  });
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && (message as Partial<ReadyMessage>).ready === true;
}
