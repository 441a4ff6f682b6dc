import { BillingError } from '../domain/core/errors';

/** Limits how many run at once per key; the others wait in order, for a bounded time. */
export class KeyedLimiter {
  private readonly queues = new Map<string, { running: number; waiting: (() => void)[] }>();

  constructor(private readonly atOnce: number) {}

  /**
   * Runs `work` when it is its turn.
   *
   * @throws BillingError lock_timeout if that takes longer than `patience` milliseconds
   */
  async take<T>(key: string, patience: number, work: () => Promise<T>): Promise<T> {
    await this.enter(key, patience);
    try {
      return await work();
    } finally {
      this.leave(key);
    }
  }

  private enter(key: string, patience: number): Promise<void> {
    const queue = this.queues.get(key) ?? { running: 0, waiting: [] };
    this.queues.set(key, queue);
    if (queue.running < this.atOnce) {
      queue.running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer);
        queue.running += 1;
        resolve();
      };
      const timer = setTimeout(() => {
        queue.waiting.splice(queue.waiting.indexOf(turn), 1);
        reject(new BillingError('lock_timeout', 'Too many requests are waiting to change this object. Ask again in a moment.'));
      }, patience);
      queue.waiting.push(turn);
    });
  }

  private leave(key: string): void {
    const queue = this.queues.get(key);
    if (!queue) return;
    queue.running -= 1;
    const next = queue.waiting.shift();
    if (next) next();
    else if (queue.running === 0) this.queues.delete(key);
  }
}
