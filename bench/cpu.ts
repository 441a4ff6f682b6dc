/** CPU time of processes, including their children, read from /proc: Linux only. */
import { readdirSync, readFileSync } from 'node:fs';
import { PROCESS_NAMES, type ProcessName } from './stack';

/** Milliseconds of CPU by process; `all` is their sum. */
export type CpuMs = Record<ProcessName | 'all', number>;

/** A process that does not exist takes no CPU. */
export const NO_PROCESSES: Record<ProcessName, number> = { server: 0, worker: 0, temporal: 0, postgres: 0 };

/** Linux counts in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10;

/** The CPU of each process since its start. Postgres's backends count with it, whether they have ended or not. */
export function cpuOf(pids: Record<ProcessName, number>): CpuMs {
  const children = childrenByParent();
  const spent = Object.fromEntries(PROCESS_NAMES.map((name) => [name, familyMs(pids[name], children)])) as Record<ProcessName, number>;
  return { ...spent, all: sum(Object.values(spent)) };
}

/** The CPU between two readings, per unit of `count` units of work. */
export function cpuPer(count: number, before: CpuMs, after: CpuMs): CpuMs {
  const names = [...PROCESS_NAMES, 'all'] as const;
  return Object.fromEntries(names.map((name) => [name, (after[name] - before[name]) / count])) as CpuMs;
}

/** The CPU of these processes with their children, milliseconds. */
export function familyCpuMs(pids: number[]): number {
  const children = childrenByParent();
  return sum(pids.map((pid) => familyMs(pid, children)));
}

function familyMs(pid: number, children: Map<number, number[]>): number {
  return ownMs(pid) + sum((children.get(pid) ?? []).map((child) => familyMs(child, children)));
}

/** User and system time of all threads, and of the children that have ended. */
function ownMs(pid: number): number {
  const fields = statOf(pid);
  return fields === null ? 0 : sum([11, 12, 13, 14].map((index) => Number(fields[index]))) * MS_PER_TICK;
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? Number(statOf(Number(name))?.[1] ?? 0) : 0;
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

/** The fields after the name, which may contain spaces: state, parent, … */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
