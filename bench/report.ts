/** Results as Markdown tables. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Count, Counts } from './counts';
import { PROCESS_NAMES } from './stack';
import type { CpuMs } from './cpu';
import type { Costs } from './costs';
import type { Floor } from './floor';
import type { Latency, Thousand, Throughput } from './load';
import { meteringTables } from './metering-report';
import type { Results } from './results';
import { table } from './table';
import { spread } from './workload';

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** Puts the tables between the two marks of a page. */
export function writeTables(file: string, results: Results): void {
  const page = readFileSync(file, 'utf8');
  const [before, rest] = [page.slice(0, page.indexOf(BEGIN) + BEGIN.length), page.slice(page.indexOf(END))];
  if (!page.includes(BEGIN) || !page.includes(END)) throw new Error(`${file} has no place for the tables`);
  writeFileSync(file, `${before}\n\n${tablesOf(results)}\n\n${rest}`);
}

export function tablesOf(results: Results): string {
  const { machine, counts, costs, floor, throughput, latency, oneClock, metering, leftOut } = results;
  return [
    `${machine.date}, ${String(machine.cores)} cores (${machine.processor}), ${String(machine.memoryGb)} GB, Node ${machine.node}`,
    ...(counts ? [countsTable(counts)] : []),
    ...(costs ? [costsTable(costs, floor)] : []),
    ...(throughput ? [throughputTable(throughput)] : []),
    ...(latency ? [latencyTable(latency)] : []),
    ...(oneClock ? [oneClockText(oneClock)] : []),
    ...(metering ? [meteringTables(metering)] : []),
    ...(leftOut.length > 0 ? [`Left out for want of time: ${leftOut.join(', ')}.`] : []),
  ].join('\n\n');
}

function countsTable({ start, draft, charge, onClock }: Counts): string {
  const row = (name: string, count: Count): string[] => [
    name,
    ...[count.events, count.workflowTasks, count.activities, count.localActivities, count.statements, count.roundTrips].map(String),
  ];
  return [
    '### What one takes',
    '',
    table(
      ['', 'history events', 'workflow tasks', 'activities', 'local activities', 'SQL statements', 'round trips'],
      [
        row('start: customer, card, subscription, invoice, payment', start),
        row('renewal: the charge', charge),
        row('renewal: the draft an hour before', draft),
        row('renewal: both', sumOf(draft, charge)),
        row('both on a test clock, the clock’s own work included', onClock),
      ],
    ),
  ].join('\n');
}

function sumOf(a: Count, b: Count): Count {
  const sums = Object.entries(a as unknown as Record<string, number>).map(([key, value]) => [key, value + b[key as keyof Count]]);
  return Object.fromEntries(sums) as Count;
}

function costsTable(costs: Costs, floor?: Floor): string {
  const row = (name: string, rounds: CpuMs[]): string[] => [
    name,
    ...[...PROCESS_NAMES, 'all' as const].map((process) => {
      const { median, min, max } = spread(rounds.map((round) => round[process]));
      return rounds.length === 1 ? median.toFixed(1) : `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`;
    }),
  ];
  return [
    '### CPU milliseconds',
    '',
    table(
      ['', ...PROCESS_NAMES, 'together'],
      [
        row('per start', costs.start),
        row('per renewal, in real time', costs.renewal),
        row('per renewal, on a test clock', costs.renewalOnClock),
        row('per second, idle', [costs.idlePerSecond]),
        ...(floor ? [floorRow(floor)] : []),
      ],
    ),
    '',
    `Median (lowest–highest) of ${String(costs.start.length)} rounds of ${String(costs.perRound)}.`,
  ].join('\n');
}

function floorRow({ worker, temporal }: Floor): string[] {
  return ['an empty renewal: Temporal and its SDK alone', '', worker.toFixed(1), temporal.toFixed(1), '', (worker + temporal).toFixed(1)];
}

function throughputTable(throughput: Throughput[]): string {
  const rows = throughput.map(({ atOnce, startsPerSecond, renewalsPerSecond }) => [
    String(atOnce),
    startsPerSecond.toFixed(1),
    renewalsPerSecond.toFixed(1),
  ]);
  return ['### Per second', '', table(['at once', 'starts', 'renewals'], rows)].join('\n');
}

function latencyTable(latency: Latency[]): string {
  const rows = latency.map(({ request, atOnce, p50, p99 }) => [request, String(atOnce), p50.toFixed(1), p99.toFixed(1)]);
  return ['### Milliseconds until the answer', '', table(['', 'at once', 'p50', 'p99'], rows)].join('\n');
}

function oneClockText({ subscriptions, startSeconds, advanceSeconds, paidInvoices, cpu, shareOfMachine }: Thousand): string {
  return [
    `### ${String(subscriptions)} subscriptions on one clock`,
    '',
    `One month in one call: ${advanceSeconds.toFixed(0)} s, ${(paidInvoices / advanceSeconds).toFixed(1)} renewals a second, ${String(paidInvoices)} of ${String(subscriptions)} invoices paid.`,
    `CPU per renewal ${cpu.all.toFixed(1)} ms (${PROCESS_NAMES.map((name) => `${name} ${cpu[name].toFixed(1)}`).join(', ')}), ${(shareOfMachine * 100).toFixed(0)} % of the machine. Starting them took ${startSeconds.toFixed(0)} s.`,
  ].join('\n');
}
