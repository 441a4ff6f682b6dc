import { createHash } from 'node:crypto';

/** Chance that is the same on every run: each decision has its own name, so that the order of decisions does not matter. */
export class Chance {
  constructor(private readonly seed: string) {}

  /** A number from 0 up to, not including, 1. */
  of(name: string): number {
    return createHash('sha256').update(`${this.seed}/${name}`).digest().readUInt32BE() / 2 ** 32;
  }

  /** Whether something happens that happens so often: 0.1 is one time in ten. */
  happens(name: string, probability: number): boolean {
    return this.of(name) < probability;
  }

  /** A whole number, both ends included. */
  between(name: string, least: number, most: number): number {
    return least + Math.floor(this.of(name) * (most - least + 1));
  }

  pick<T>(name: string, from: readonly T[]): T {
    const chosen = from[this.between(name, 0, from.length - 1)];
    if (chosen === undefined) throw new Error('there is nothing to pick from');
    return chosen;
  }
}
