/** Hints are sent in batches, ten times a second. */
const INTERVAL_MS = 100;
/** Each key is sent at most once per second per process. One hint is enough: the receiver reads everything that is due. */
const REST_MS = 1_000;

/** Sends hints in the background: batched, soon, and without delaying the caller. */
export class Debouncer<T> {
  /** By key, the latest hint. */
  private readonly waiting = new Map<string, T>();
  private readonly toldAt = new Map<string, number>();
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly keyOf: (hint: T) => string,
    private readonly send: (hints: T[]) => Promise<void>,
    private readonly onLost: (error: unknown) => void,
  ) {}

  /** Returns at once and never throws: the sweep repairs a lost hint. */
  readonly add = (hints: readonly T[]): void => {
    for (const hint of hints) this.waiting.set(this.keyOf(hint), hint);
    if (this.waiting.size > 0) this.running ??= this.flush();
  };

  /** Sends the hints that still wait, and returns when all are sent. */
  readonly stop = async (): Promise<void> => {
    this.stopped = true;
    await this.running;
  };

  private async flush(): Promise<void> {
    while (this.waiting.size > 0) {
      const hints = this.takeRested();
      if (hints.length > 0) await this.send(hints).catch(this.onLost);
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
    this.running = null;
  }

  private takeRested(): T[] {
    const now = Date.now();
    for (const [key, at] of this.toldAt) if (now - at >= REST_MS) this.toldAt.delete(key);
    const rested = [...this.waiting].filter(([key]) => this.stopped || !this.toldAt.has(key));
    for (const [key] of rested) {
      this.waiting.delete(key);
      this.toldAt.set(key, now);
    }
    return rested.map(([, hint]) => hint);
  }
}
