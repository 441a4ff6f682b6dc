import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LIMITS } from '../domain/core/limits';
import type { Sheet } from './sheet';

/** What the thread is asked. */
export interface Order {
  id: number;
  sheet: Sheet;
}

/** What it answers. */
export type Made = { id: number; bytes: Uint8Array } | { id: number; error: string };

interface Waiting {
  resolve: (bytes: Uint8Array) => void;
  reject: (error: Error) => void;
}

const STOPPED = 'the renderer of documents has stopped';

// tsx's loader for modules does not reach threads; its loader for `require` does.
const THREAD = `require(${JSON.stringify(require.resolve('tsx/cjs'))}); require(${JSON.stringify(join(__dirname, 'thread.ts'))});`;

/** So many documents wait that another one would wait for too long. */
export class RendererBusy extends Error {
  constructor() {
    super(`${String(LIMITS.waitingDocuments.max)} documents wait to be made`);
    this.name = 'RendererBusy';
  }
}

/** Makes PDFs in a thread of its own, which starts with `warm`, or with the first one. */
export class Renderer {
  private thread: Worker | null = null;
  private isStopped = false;
  private readonly waiting = new Map<number, Waiting>();
  private orders = 0;

  /** Starts the thread before anybody waits for a document, because it loads its libraries and fonts for about a second. */
  warm(): void {
    if (!this.isStopped) this.thread ??= this.start();
  }

  /**
   * @throws RendererBusy if too many documents wait already
   * @throws Error if the document cannot be made, or the renderer stops before it is
   */
  async pdf(sheet: Sheet): Promise<Uint8Array> {
    if (this.isStopped) throw new Error(STOPPED);
    if (this.waiting.size >= LIMITS.waitingDocuments.max) throw new RendererBusy();
    const thread = (this.thread ??= this.start());
    const id = (this.orders += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      const order: Order = { id, sheet };
      thread.postMessage(order);
    });
  }

  /** Ends the thread, whatever it does, and waits until it has ended. No thread starts after it. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const { thread } = this;
    this.thread = null;
    this.fail(new Error(STOPPED));
    await thread?.terminate();
  }

  private start(): Worker {
    const thread = new Worker(THREAD, { eval: true, execArgv: [] });
    thread.unref();
    thread.on('message', (made: Made) => {
      const waiting = this.waiting.get(made.id);
      this.waiting.delete(made.id);
      if ('bytes' in made) waiting?.resolve(made.bytes);
      else waiting?.reject(new Error(made.error));
    });
    // The next order starts another thread.
    thread.on('error', (error) => {
      if (this.thread === thread) this.thread = null;
      this.fail(error instanceof Error ? error : new Error(String(error)));
    });
    return thread;
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
