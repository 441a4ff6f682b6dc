/** When a retry is likely to find money and somebody awake: on a payday, in the hours of the customer's day. */
import type { RecoveryStep } from '../rows/recovery-program';
import { declineGroupOf } from './declines';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A payday that is further away is not waited for. */
const PAYDAY_WITHIN = 7;

/** The clock of most people, in countries that have several. */
const MAIN_ZONES: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  ES: 'Europe/Madrid',
  ID: 'Asia/Jakarta',
  KZ: 'Asia/Almaty',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  US: 'America/New_York',
};

export interface Retrying {
  country: string | null;
  declineCode: string | null;
  /** Earlier, the card may not be charged. Epoch seconds; null: at any time. */
  notBefore: number | null;
}

/** The first good time for the retry from `at` on. Epoch seconds. */
export function retryTime(step: RecoveryStep & { type: 'retry' }, { country, declineCode, notBefore }: Retrying, at: number): number {
  const earliest = Math.max(at, notBefore ?? at);
  if (step.paydays === null && step.hours === null) return earliest;
  const clock = clockOf(country);
  const isForMoney = step.paydays !== null && declineGroupOf(declineCode) === 'wait_for_money';
  return withinHours(step.hours, clock, isForMoney ? nextPayday(step.paydays ?? [], clock, earliest) : earliest);
}

interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
}

type Clock = (at: number) => LocalTime;

/** The same time of a day on which people are paid; `at` if there is none within a week. 31 stands for the last day of every month. */
function nextPayday(paydays: readonly number[], clock: Clock, at: number): number {
  for (let days = 0; days <= PAYDAY_WITHIN; days += 1) {
    const { year, month, day } = clock(at + days * DAY);
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    if (paydays.some((payday) => Math.min(payday, last) === day)) return at + days * DAY;
  }
  return at;
}

/** The hours may go over midnight: from 20 to 2. After a change of the clocks one step is not enough. */
function withinHours(hours: { from: number; to: number } | null, clock: Clock, at: number): number {
  let time = at;
  for (let steps = 0; hours !== null && steps < 3; steps += 1) {
    const { hour } = clock(time);
    if ((hour - hours.from + 24) % 24 < (hours.to - hours.from + 24) % 24) return time;
    time = time - (time % HOUR) + ((hours.from - hour + 24) % 24) * HOUR;
  }
  return time;
}

function clockOf(country: string | null): Clock {
  const zone = zoneOf(country);
  let format = FORMATS.get(zone);
  if (!format) FORMATS.set(zone, (format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...PARTS })));
  const known = format;
  return (at) => {
    const parts = new Map(known.formatToParts(new Date(at * 1000)).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour') };
  };
}

const PARTS = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;

/** A format takes a hundred times as long to make as to use. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** UTC where the country is unknown. */
function zoneOf(country: string | null): string {
  if (country === null || !/^[A-Z]{2}$/.test(country)) return 'UTC';
  const zones = (new Intl.Locale(`und-${country}`) as Intl.Locale & { timeZones?: string[] }).timeZones;
  return MAIN_ZONES[country] ?? zones?.[0] ?? 'UTC';
}
