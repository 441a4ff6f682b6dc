import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Costs } from './costs';
import type { Counts } from './counts';
import type { Floor } from './floor';
import type { Latency, Thousand, Throughput } from './load';
import type { Metering } from './metering';

/** The results of one run; skipped measurements are listed. */
export interface Results {
  machine: { date: string; cores: number; processor: string; memoryGb: number; node: string };
  counts?: Counts | undefined;
  costs?: Costs;
  floor?: Floor;
  latency?: Latency[];
  throughput?: Throughput[];
  oneClock?: Thousand;
  metering?: Metering;
  leftOut: string[];
}

export function machine(): Results['machine'] {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}
