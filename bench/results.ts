import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Costs } from './costs';
import type { Counts } from './counts';
import type { Documents } from './documents';
import type { Drain } from './drain';
import type { Floor } from './floor';
import type { Fraud } from './fraud';
import type { Growth } from './growing';
import type { BesideKillBill } from './kill-bill/compare';
import type { Latency, Thousand, Throughput } from './load';
import type { Metering } from './metering';
import type { Requests } from './requests';
import type { Tax } from './tax';

export interface Machine {
  cores: number;
  processor: string;
  memoryGb: number;
  node: string;
}

/** The results of the latest run of each part. */
export interface Results {
  /** The run of each part. */
  measured: Record<string, { on: string; machine: Machine }>;
  counts?: Counts | undefined;
  costs?: Costs;
  floor?: Floor;
  latency?: Latency[];
  throughput?: Throughput[];
  oneClock?: Thousand;
  requests?: Requests[];
  tax?: Tax;
  fraud?: Fraud;
  drain?: Drain[];
  documents?: Documents[];
  metering?: Metering;
  growth?: Growth[];
  killBill?: BesideKillBill;
}

export function machine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}
