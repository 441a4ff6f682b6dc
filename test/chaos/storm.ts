import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosStack, ProcessName } from './stack';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface StormOptions {
  seed: number;
  /** How often each is killed. */
  kills: Record<ProcessName, number>;
  /** Shortest and longest time between two kills. */
  pauseMs: [number, number];
}

/** Kills processes at random moments, whatever they are doing: also while they start. */
export class Storm {
  /** What was killed, in order, with the second of the storm. */
  readonly killed: string[] = [];
  private over = false;
  private readonly done: Promise<void>;

  constructor(
    private readonly stack: ChaosStack,
    private readonly options: StormOptions,
  ) {
    this.done = this.rage();
  }

  get exhausted(): boolean {
    return this.killed.length === Object.values(this.options.kills).reduce((sum, count) => sum + count, 0);
  }

  /** Ends it; what is down comes back. */
  async calm(): Promise<void> {
    this.over = true;
    await this.done;
  }

  private async rage(): Promise<void> {
    const { seed, kills, pauseMs } = this.options;
    const random = randomFrom(seed);
    const bag = Object.entries(kills).flatMap(([name, count]) => Array.from({ length: count }, () => name as ProcessName));
    const startedAt = Date.now();
    for (const name of shuffled(bag, random)) {
      await sleep(pauseMs[0] + random() * (pauseMs[1] - pauseMs[0]));
      if (this.over) return;
      await this.stack.running(name);
      if (this.stack.kill(name)) this.killed.push(`${name}@${((Date.now() - startedAt) / 1000).toFixed(1)}`);
    }
  }
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
