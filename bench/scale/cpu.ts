/** The CPU of the plant, by part. */
import { familyCpuMs } from '../cpu';
import type { Plant } from './plant';

export const PART_NAMES = ['servers', 'workers', 'temporal', 'its Postgres', 'Postgres'] as const;
export type PartMs = Record<(typeof PART_NAMES)[number], number>;

/** Milliseconds since the start of each process. A process that was killed has taken its own with it. */
export function cpuOfPlant({ servers, workers, temporal, database }: Plant): PartMs {
  const pidsOf = (supervisors: Plant['servers']): number[] =>
    supervisors.flatMap(({ running }) => running.map(({ identity }) => identity.pid));
  return {
    servers: familyCpuMs(pidsOf(servers)),
    workers: familyCpuMs(pidsOf(workers)),
    temporal: familyCpuMs([temporal.server.identity.pid]),
    'its Postgres': familyCpuMs(temporal.postgres ? [temporal.postgres.identity.pid] : []),
    Postgres: familyCpuMs([database.postgres.identity.pid]),
  };
}

/** The CPU between two readings, per unit of `count` units of work. */
export function perUnit(count: number, before: PartMs, after: PartMs): PartMs {
  return Object.fromEntries(PART_NAMES.map((name) => [name, (after[name] - before[name]) / count])) as PartMs;
}
