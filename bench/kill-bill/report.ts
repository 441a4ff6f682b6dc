/** The comparison with Kill Bill as Markdown. */
import type { Round } from '../costs';
import { table } from '../table';
import { spread } from '../workload';
import type { BesideKillBill, KillBillRound } from './compare';

/** Ratios of medians of one run. */
export function killBillSentence({ release, rounds, requests }: BesideKillBill): string {
  const ratio = (ours: keyof Round, theirs: keyof KillBillRound): string =>
    spread(rounds.map(({ dunlin, killBill }) => dunlin[ours].all / killBill[theirs].all)).median.toFixed(1);
  const rate = (request: string): string => {
    const found = requests.find((each) => each.request === request);
    return found ? (found.dunlin.perSecond / found.killBill.perSecond).toFixed(1) : '?';
  };
  return (
    `Beside Kill Bill ${release} in one run, Dunlin takes ${ratio('start', 'start')} times its CPU for a start, ` +
    `${ratio('renewal', 'renewal')} times for a renewal, ${ratio('renewalWithoutHour', 'renewal')} times for one without the draft’s hour; ` +
    `it answers ${rate('read of a customer')} times as many reads and ${rate('usage record')} times as many usage records a second.`
  );
}

export function killBillTables({ release, perRound, rounds, requests }: BesideKillBill): string {
  const row = (name: string, theirs: keyof KillBillRound, ours: keyof Round): string[] => {
    const killBill = rounds.map((round) => round.killBill[theirs].all);
    const dunlin = rounds.map((round) => round.dunlin[ours].all);
    const ratios = dunlin.map((ms, index) => ms / (killBill[index] ?? NaN));
    return [name, figure(killBill, 1), figure(dunlin, 1), figure(ratios, 2)];
  };
  const rates = requests.map(({ request, killBill, dunlin }) => [
    ...[request, killBill.perSecond.toFixed(0), dunlin.perSecond.toFixed(0), (dunlin.perSecond / killBill.perSecond).toFixed(2)],
    ...[killBill.cpu.all.toFixed(2), dunlin.cpu.all.toFixed(2)],
  ]);
  return [
    '### Beside Kill Bill',
    '',
    `CPU milliseconds of all processes, Kill Bill ${release} and Dunlin in turn, ${String(rounds.length)} rounds of ${String(perRound)}.`,
    '',
    table(
      ['', 'Kill Bill', 'Dunlin', 'ratio'],
      [
        row('a start', 'start', 'start'),
        row('a renewal, in real time', 'renewal', 'renewal'),
        row('a renewal without the draft’s hour, in real time', 'renewal', 'renewalWithoutHour'),
        row('a renewal, on a test clock', 'renewal', 'renewalOnClock'),
      ],
    ),
    '',
    table(['eight at once', 'Kill Bill: per second', 'Dunlin: per second', 'ratio', 'Kill Bill: CPU ms', 'Dunlin: CPU ms'], rates),
  ].join('\n');
}

function figure(values: number[], digits: number): string {
  const { median, min, max } = spread(values);
  return values.length === 1 ? median.toFixed(digits) : `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}
