import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type Stripe from 'stripe';
import { addMonths } from '../../domain/money/billing-period';
import { declare, textOption, type Given } from '../command';
import { API_OPTIONS, apiOf } from '../installation';
import { CommandFailed, WrongUsage } from '../output';

const LOOK_MS = 500;

export function clock(program: Command): void {
  const parent = program.command('clock').description('move test clocks');
  declare(parent, {
    usage: 'advance <clock>',
    summary: 'advance a test clock, and wait until all that falls due has happened',
    options: [
      ['--to <time>', 'a day or a time in UTC: 2026-03-01, 2026-03-01T12:00:00'],
      ['--by <duration>', 'so far from where it is: 3d, 2w, 1mo, 1y, 12h, 90m'],
      ...API_OPTIONS,
    ],
    examples: ['clock advance clock_1 --to 2026-03-01', 'clock advance clock_1 --by 1mo', 'clock advance clock_1 --by 3d --json'],
    run: advance,
  });
}

/** Dunlin's clock shows more of an advance than Stripe's. */
interface Advancing {
  progress?: number;
  waiting_for?: unknown[];
}

async function advance(given: Given): Promise<void> {
  const [id = ''] = given.args;
  const { stripe } = apiOf(given);
  const before = await stripe.testHelpers.testClocks.retrieve(id);
  const frozen_time = targetOf(given, before.frozen_time);
  const { output } = given;
  const startedMs = Date.now();
  let now: Stripe.TestHelpers.TestClock = await stripe.testHelpers.testClocks.advance(id, { frozen_time });
  let said = '';
  while (now.status === 'advancing') {
    const { progress = 0, waiting_for: waiting = [] } = (now.status_details.advancing ?? {}) as Advancing;
    const words = `${dayOf(now.frozen_time)}  ${Math.round(progress * 100)} %${waiting.length === 0 ? '' : `, ${waiting.length} waited for`}`;
    if (words !== said) output.show(words, { clock: id, status: now.status, frozen_time: now.frozen_time, progress, waiting_for: waiting });
    said = words;
    await sleep(LOOK_MS);
    now = await stripe.testHelpers.testClocks.retrieve(id);
  }
  const { status, frozen_time: at } = now;
  if (status !== 'ready') throw new CommandFailed(`the clock ${id} stopped at ${dayOf(at)}: see GET /v1/held for what is held, and why`);
  const seconds = Math.round((Date.now() - startedMs) / 100) / 10;
  output.show(`${dayOf(at)}  ready, after ${seconds} s`, { clock: id, status, frozen_time: at, progress: 1, seconds });
}

const dayOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, 19);

/** @throws WrongUsage unless exactly one of both is given, and leads forward */
function targetOf(given: Given, from: number): number {
  const [to, by] = [textOption(given, 'to'), textOption(given, 'by')];
  if ((to === undefined) === (by === undefined)) throw new WrongUsage('say --to a time, or --by how much');
  const target = to === undefined ? shifted(from, by ?? '') : timeOf(to);
  if (target <= from) throw new WrongUsage(`a clock moves only forward: it is ${dayOf(from)} there`);
  return target;
}

function timeOf(text: string): number {
  const at = /^\d{9,11}$/.test(text)
    ? Number(text)
    : Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : withZone(text)) / 1000;
  if (Number.isNaN(at)) throw new WrongUsage('--to is a day or a time: 2026-03-01, 2026-03-01T12:00:00');
  return Math.floor(at);
}

const withZone = (text: string): string => (/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const MONTHS: Readonly<Record<string, number>> = { mo: 1, y: 12 };

function shifted(from: number, text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})(s|m|h|d|w|mo|y)$/.exec(text) ?? [];
  const seconds = SECONDS[unit];
  if (seconds !== undefined) return from + Number(count) * seconds;
  const months = MONTHS[unit];
  if (months === undefined) throw new WrongUsage('--by is a number with a unit: 90m, 12h, 3d, 2w, 1mo, 1y');
  return addMonths(from, Number(count) * months);
}
