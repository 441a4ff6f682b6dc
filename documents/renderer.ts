import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
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

// tsx's loader for modules does not reach threads; its loader for `require` does.
const THREAD = `require(${JSON.stringify(require.resolve('tsx/cjs'))}); require(${JSON.stringify(join(__dirname, 'thread.ts'))});`;

/** Makes PDFs in a thread of its own, which starts with the first one. */
export class Renderer {
  private thread: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private orders = 0;

  /** @throws Error if the document cannot be made, or the renderer stops before it is */
  pdf(sheet: Sheet): Promise<Uint8Array> {
    const thread = (this.thread ??= this.start());
    const id = (this.orders += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      const order: Order = { id, sheet };
      thread.postMessage(order);
    });
  }

  async stop(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
    this.fail(new Error('the renderer of documents has stopped'));
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
      this.thread = null;
      this.fail(error instanceof Error ? error : new Error(String(error)));
    });
    return thread;
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
