/** Which program recovers an invoice: the first whose segment fits, else the account's default. */
import { drawArm } from '../experiment/draw';
import { settingsOf, type Account, type DunningPolicy } from '../rows/account';
import type { PinnedProgram, RecoveryArm, RecoveryProgram, RecoverySegment, RecoveryStep } from '../rows/recovery-program';
import { declineGroupOf } from './declines';

/** What the segments are asked about. */
export interface FailedInvoice {
  customer: string;
  livemode: boolean;
  country: string | null;
  currency: string;
  /** What remains to be paid, in minor units. */
  amount: number;
  tenureDays: number;
  prices: string[];
  products: string[];
  declineCode: string | null;
}

/** @param programs of the account, in any order */
export function chooseProgram(programs: readonly RecoveryProgram[], account: Account, failed: FailedInvoice): PinnedProgram {
  const inOrder = programs
    .filter(({ active }) => active)
    .sort((a, b) => a.position - b.position || a.created - b.created || (a.id < b.id ? -1 : 1));
  for (const program of inOrder) {
    const reason = reasonFor(program.segment, failed);
    if (reason !== null) return pinned(program, armFor(program, failed.customer), reason);
  }
  return defaultProgram(settingsOf(account, failed).dunning);
}

/** The same customer always gets the same arm of a program, also of its later versions, if their shares are the same. */
function armFor({ arms, id }: RecoveryProgram, customer: string): RecoveryArm {
  const drawn = drawArm(arms, id, customer);
  const arm = arms.find(({ name }) => name === drawn);
  if (!arm) throw new Error(`${id} has no arm ${drawn}`);
  return arm;
}

function pinned({ id, version }: RecoveryProgram, { name, steps, ends_in }: RecoveryArm, reason: string): PinnedProgram {
  return { id, version: String(version), arm: name, reason, steps, ends_in };
}

/** The retries of the account's settings as a program: each after its wait, and nothing else. */
function defaultProgram({ version, retry_after_seconds: times, ends_in }: DunningPolicy): PinnedProgram {
  const steps = times.flatMap((time, place): RecoveryStep[] => [
    { type: 'wait', seconds: time - (times[place - 1] ?? 0) },
    { type: 'retry', declines: null, hours: null, paydays: null },
  ]);
  return { id: null, version, arm: null, reason: 'no program is for it', steps, ends_in };
}

/** The conditions that the invoice fits, in words without personal data; null if it does not fit all of them. */
function reasonFor(segment: RecoverySegment, failed: FailedInvoice): string | null {
  const conditions = [
    isAmong('country', segment.countries, [failed.country ?? '']),
    isAmong('currency', segment.currencies, [failed.currency]),
    isBetween('amount', failed.amount, { from: segment.amount_from, to: segment.amount_to }),
    isBetween('days', failed.tenureDays, { from: segment.tenure_days_from, to: segment.tenure_days_to }),
    isAmong('price', segment.prices, failed.prices),
    isAmong('product', segment.products, failed.products),
    isAmong('decline', segment.decline_codes, [failed.declineCode ?? '']),
    isAmong('decline', segment.decline_groups, [declineGroupOf(failed.declineCode)]),
  ];
  if (conditions.includes(null)) return null;
  const words = conditions.filter((each) => each !== '');
  return words.length === 0 ? 'it is for every invoice' : words.join(', ');
}

/** The condition in words; empty if there is none; null if it does not hold. */
function isAmong(name: string, wanted: readonly string[] | null, has: readonly string[]): string | null {
  if (wanted === null) return '';
  const found = has.find((each) => wanted.includes(each));
  return found === undefined ? null : `${name} ${found}`;
}

function isBetween(name: string, value: number, { from, to }: { from: number | null; to: number | null }): string | null {
  if (from === null && to === null) return '';
  return value >= (from ?? -Infinity) && value <= (to ?? Infinity) ? `${name} ${String(value)}` : null;
}
