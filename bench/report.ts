/** Results as Markdown tables. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Count, Counts } from './counts';
import { PROCESS_NAMES } from './stack';
import type { CpuMs } from './cpu';
import type { Costs } from './costs';
import type { Documents } from './documents';
import type { Floor, FloorMs } from './floor';
import type { Fraud } from './fraud';
import type { Growth } from './growing';
import type { Latency, Thousand, Throughput } from './load';
import { killBillSentence, killBillTables } from './kill-bill/report';
import { meteringTables } from './metering-report';
import type { Requests } from './requests';
import type { Drain } from './drain';
import type { Results } from './results';
import type { Tax } from './tax';
import { table } from './table';
import { spread } from './workload';

/** Puts text between two marks of a page: `<!-- name: begin -->` and `<!-- name: end -->`. */
export function writeBetween(file: string, name: string, text: string): void {
  const page = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  if (!page.includes(begin) || !page.includes(end)) throw new Error(`${file} has no place for ${name}`);
  const [before, rest] = [page.slice(0, page.indexOf(begin) + begin.length), page.slice(page.indexOf(end))];
  writeFileSync(file, `${before}\n\n${text}\n\n${rest}`);
}

export function tablesOf(results: Results): string {
  const {
    measured,
    counts,
    costs,
    floor,
    requests,
    throughput,
    latency,
    oneClock,
    growth,
    tax,
    fraud,
    drain,
    documents,
    metering,
    killBill,
  } = results;
  return [
    runsOf(measured),
    ...shown(counts, countsTable),
    ...shown(costs, (of) => costsTable(of, floor)),
    ...shown(requests, requestsTable),
    ...shown(throughput, throughputTable),
    ...shown(latency, latencyTable),
    ...shown(oneClock, oneClockText),
    ...shown(growth, growthTable),
    ...shown(tax, taxTable),
    ...shown(fraud, fraudTable),
    ...shown(drain, drainTable),
    ...shown(documents, documentsTable),
    ...shown(metering, meteringTables),
    ...shown(killBill, killBillTables),
  ].join('\n\n');
}

/** Nothing of a part that was not measured. */
const shown = <T>(measured: T | undefined, tableOf: (measured: T) => string): string[] =>
  measured === undefined ? [] : [tableOf(measured)];

/** The few figures that the README shows. */
export function summaryOf({ measured, counts, costs, throughput, oneClock, killBill }: Results): string {
  const days = [...new Set(['counts', 'costs', 'throughput', 'clock'].flatMap((part) => measured[part]?.on ?? []))].toSorted();
  const cores = [...new Set(Object.values(measured).map(({ machine }) => machine.cores))];
  const paragraphs = [
    [
      '`npm test` holds Dunlin to the first row, and to the statements of a renewal (`test/budget`). `npm run bench` measured, with all',
      `processes counted, on ${cores.join(' or ')} cores, on ${days.join(' and ')}: [docs/benchmarks.md](docs/benchmarks.md).`,
    ].join('\n'),
    ...(counts ? [summaryTable(counts, costs, throughput)] : []),
    ...(oneClock
      ? [
          `Advancing ${oneClock.subscriptions.toLocaleString('en-US')} subscriptions on one test clock by a month takes ${oneClock.advanceSeconds.toFixed(0)} seconds.`,
        ]
      : []),
    ...(killBill ? [killBillSentence(killBill)] : []),
  ];
  return paragraphs.join('\n\n');
}

/** `- 2026-11-29, 2 cores (…): counts, costs`, a line for each day and machine. */
function runsOf(measured: Results['measured']): string {
  const parts = new Map<string, string[]>();
  for (const [part, { on, machine }] of Object.entries(measured)) {
    const { cores, processor, memoryGb, node } = machine;
    const run = `${on}, ${String(cores)} cores (${processor}), ${String(memoryGb)} GB, Node ${node}`;
    parts.set(run, [...(parts.get(run) ?? []), part]);
  }
  return [...parts.keys()]
    .sort()
    .map((run) => `- ${run}: ${(parts.get(run) ?? []).join(', ')}`)
    .join('\n');
}

function summaryTable({ start, draft, charge }: Counts, costs?: Costs, throughput?: Throughput[]): string {
  const renewal = sumOf(draft, charge);
  const history = ({ events, workflowTasks, activities }: Count): string => [events, workflowTasks, activities].map(String).join(', ');
  const cpu = (rounds: CpuMs[]): string => `${spread(rounds.map(({ all }) => all)).median.toFixed(0)} ms`;
  const most = throughput?.at(-1);
  return table(
    ['', 'a start', 'a renewal'],
    [
      ['history events, workflow tasks, ordinary activities', history(start), `${history(renewal)}, including the draft’s hour`],
      ['SQL statements', String(start.statements), String(renewal.statements)],
      ...(costs
        ? [
            [
              'CPU, all four processes together',
              cpu(costs.start),
              `${cpu(costs.renewal)}, without the draft’s hour ${cpu(costs.renewalWithoutHour)}`,
            ],
          ]
        : []),
      ...(most
        ? [
            [
              `per second, ${String(most.atOnce)} at once`,
              most.startsPerSecond.toFixed(1),
              `${most.renewalsPerSecond.toFixed(1)}, on a test clock`,
            ],
          ]
        : []),
    ],
  );
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
  const row = (name: string, rounds: CpuMs[], shape?: keyof Floor): string[] => {
    const medians = [...PROCESS_NAMES, 'all' as const].map((process) => {
      const { median, min, max } = spread(rounds.map((round) => round[process]));
      return rounds.length === 1 ? median.toFixed(1) : `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`;
    });
    const bare = floor === undefined || shape === undefined ? null : floor[shape].worker + floor[shape].temporal;
    const all = spread(rounds.map((round) => round.all)).median;
    return [name, ...medians, ...(bare === null ? ['', ''] : [bare.toFixed(1), (all / bare).toFixed(2)])];
  };
  return [
    '### CPU milliseconds',
    '',
    table(
      ['', ...PROCESS_NAMES, 'together', 'the floor', 'ratio'],
      [
        row('a start', costs.start, 'start'),
        row('a renewal, in real time', costs.renewal, 'renewal'),
        row('a renewal without the draft’s hour, in real time', costs.renewalWithoutHour, 'renewalWithoutHour'),
        row('a renewal, on a test clock', costs.renewalOnClock, 'renewalOnClock'),
        row('an idle second', [costs.idlePerSecond]),
      ],
    ),
    '',
    `Median (lowest–highest) of ${String(costs.start.length)} rounds of ${String(costs.perRound)}.${floor ? ` ${floorText(floor)}` : ''}`,
  ].join('\n');
}

function floorText({ start, renewal, renewalWithoutHour, renewalOnClock }: Floor): string {
  const parts = ({ worker, temporal }: FloorMs): string => `${worker.toFixed(1)} and ${temporal.toFixed(1)}`;
  return (
    'The floor is a workflow of the same shape with nothing in it. Worker and Temporal take for it: ' +
    `start ${parts(start)}, renewal ${parts(renewal)}, renewal without the draft's hour ${parts(renewalWithoutHour)}, on a clock ${parts(renewalOnClock)}.`
  );
}

function requestsTable(requests: Requests[]): string {
  const rows = requests.map(({ request, perSecond, p99Ms, cpu, floor }) => [
    ...[request, perSecond.toFixed(0), p99Ms?.toFixed(1) ?? '', cpu.server.toFixed(2), cpu.postgres.toFixed(2), cpu.all.toFixed(2)],
    ...[floor.perSecond.toFixed(0), floor.cpuMs.toFixed(2)],
  ]);
  const head = ['', 'per second', 'p99 ms', 'CPU ms: server', 'postgres', 'together', 'bare Express: per second', 'CPU ms'];
  return ['### Reads, checks and usage records, eight at once', '', table(head, rows)].join('\n');
}

function taxTable({ without, taxed, perRound }: Tax): string {
  const row = (name: string, { count, cpu }: Tax['taxed']): string[] => {
    const { median, min, max } = spread(cpu.map(({ all }) => all));
    const numbers = [count.events, count.activities, count.localActivities, count.statements, count.roundTrips].map(String);
    return [name, ...numbers, cpu.length === 1 ? median.toFixed(1) : `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`];
  };
  const head = ['on a test clock', 'history events', 'activities', 'local activities', 'SQL statements', 'round trips', 'CPU ms, together'];
  return [
    '### A renewal with automatic tax',
    '',
    table(head, [row('without tax', without), row('with automatic tax', taxed)]),
    '',
    `CPU of ${String(taxed.cpu.length)} rounds of ${String(perRound)}. The built-in engine calculates.`,
  ].join('\n');
}

function fraudTable({ decisions, rules, rulesPerSecond }: Fraud): string {
  const rows = decisions.map(({ rules: active, p50, p99 }) => [
    active === 0 ? 'no rule' : `${String(active)} rules`,
    p50.toFixed(1),
    p99.toFixed(1),
  ]);
  return [
    '### A fraud decision',
    '',
    table(['active rules', 'ms, median', 'ms, p99'], rows),
    '',
    `One after another, in one process beside the system. One core evaluates ${(Math.round(rulesPerSecond / 1000) * 1000).toLocaleString('en-US')} rules in a second, of ${String(rules)} for`,
    'each payment, where all values are known.',
  ].join('\n');
}

function drainTable(drains: Drain[]): string {
  const rows = drains.map(({ asked, charges, overtaken, perSecond, seconds }) => [
    ...[String(charges), String(asked), perSecond.toFixed(1), seconds.toFixed(1), String(overtaken)],
  ]);
  const head = ['charges that waited', 'asked: per second', 'sent: per second', 'seconds until all were paid', 'overtaken'];
  return [
    '### After an outage',
    '',
    table(head, rows),
    '',
    'Each was charged once. Overtaken: answered after one that had waited over a second less.',
  ].join('\n');
}

function documentsTable(documents: Documents[]): string {
  const rows = documents.map(({ document, kilobytes, perSecond, p50, cpu }) => [
    ...[document, String(kilobytes), perSecond.toFixed(1), p50.toFixed(0)],
    ...[cpu.server.toFixed(0), cpu.postgres.toFixed(1), cpu.all.toFixed(0)],
  ]);
  const head = ['', 'KB', 'per second', 'ms, median', 'CPU ms: server', 'postgres', 'together'];
  return ['### PDFs, two at once', '', table(head, rows)].join('\n');
}

function growthTable(growth: Growth[]): string {
  const rows = growth.map(({ subscriptions, megabytes, statements, roundTrips, cpu }) => [
    ...[subscriptions.toLocaleString('en-US'), megabytes.toFixed(0), statements.toFixed(1), roundTrips.toFixed(1)],
    ...[cpu.worker.toFixed(1), cpu.postgres.toFixed(1), cpu.all.toFixed(1)],
  ]);
  const head = ['subscriptions', 'MB in Postgres', 'SQL statements', 'round trips', 'CPU ms: worker', 'postgres', 'together'];
  return ['### A renewal on a clock, as subscriptions grow', '', table(head, rows)].join('\n');
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

function oneClockText(thousand: Thousand): string {
  const { subscriptions, startSeconds, advanceSeconds, paidInvoices, cpu, shareOfMachine } = thousand;
  return [
    `### ${String(subscriptions)} subscriptions on one clock`,
    '',
    `One month in one call: ${advanceSeconds.toFixed(0)} s, ${(paidInvoices / advanceSeconds).toFixed(1)} renewals a second, ${String(paidInvoices)} of ${String(subscriptions)} invoices paid.`,
    `CPU per renewal ${cpu.all.toFixed(1)} ms (${PROCESS_NAMES.map((name) => `${name} ${cpu[name].toFixed(1)}`).join(', ')}), ${(shareOfMachine * 100).toFixed(0)} % of the machine. Starting them took ${startSeconds.toFixed(0)} s.`,
  ].join('\n');
}
