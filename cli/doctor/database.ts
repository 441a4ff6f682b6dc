/** What is wrong with Postgres, and with what waits in it. */
import { statfsSync } from 'node:fs';
import type { DatabaseFacts, FailingEndpoint, HeldFacts, KeyFacts, ProcessorFacts, WaitingFacts } from '../../db/checkup';
import type { KeySeal } from '../../db/installation-key';
import type { Finding } from '../findings';

/** More of a difference lets signatures, leases and deadlines go wrong. */
const CLOCK_MS_MAX = 2_000;
const CONNECTIONS_SHARE_MAX = 0.9;
const DISK_SHARE_MIN = 0.1;
const GIGABYTE = 1_000_000_000;
const MINUTE = 60;

export function judgeDatabase(facts: DatabaseFacts, nowMs: number): Finding[] {
  const { version, bytes, connections, connectionsMax, isStandby, retainedWalBytes } = facts;
  const findings: Finding[] = [
    { about: 'database', level: 'ok', says: `Postgres ${version} answers; the database has ${sizeOf(bytes)}.` },
    clockFinding('Postgres', facts.nowMs - nowMs),
  ];
  if (isStandby) {
    const advice = 'Let DATABASE_URL name the primary.';
    findings.push({ about: 'database', level: 'failed', says: 'This Postgres is a standby, and takes no writes.', advice });
  }
  if (connections >= connectionsMax * CONNECTIONS_SHARE_MAX) {
    const advice = 'Lower DATABASE_POOL, raise max_connections, or put a pool in between.';
    findings.push({ about: 'database', level: 'warning', says: `${connections} of ${connectionsMax} connections are in use.`, advice });
  }
  if (retainedWalBytes > GIGABYTE) {
    const says = `A replication slot that nobody reads keeps ${sizeOf(retainedWalBytes)} of the log.`;
    findings.push({ about: 'disk', level: 'warning', says, advice: 'Let its standby read again, or drop the slot: pg_replication_slots.' });
  }
  return findings;
}

/** Of Postgres's own disk, where this machine has it. */
export function judgeDisk({ folder, bytes }: DatabaseFacts): Finding {
  const elsewhere = `The disk of Postgres cannot be seen from here; the database has ${sizeOf(bytes)}.`;
  if (folder === null) return { about: 'disk', level: 'ok', says: elsewhere };
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    const says = `${sizeOf(bavail * bsize)} of ${sizeOf(blocks * bsize)} are free on the disk of Postgres.`;
    if (bavail > blocks * DISK_SHARE_MIN && bavail * bsize > GIGABYTE) return { about: 'disk', level: 'ok', says };
    const advice = 'Make room: without it Postgres stops, and all workflows wait. docs/retention.md says what may be kept for less time.';
    return { about: 'disk', level: bavail * bsize > GIGABYTE ? 'warning' : 'failed', says, advice };
  } catch {
    return { about: 'disk', level: 'ok', says: elsewhere };
  }
}

export function clockFinding(whose: string, aheadMs: number): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 100) / 10;
  if (Math.abs(aheadMs) <= CLOCK_MS_MAX) return { about: 'clocks', level: 'ok', says: `The clock of ${whose} agrees with this machine’s.` };
  const says = `The clock of ${whose} is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine’s.`;
  return {
    about: 'clocks',
    level: 'failed',
    says,
    advice: 'Synchronize both machines (NTP): deadlines and signatures compare their times.',
  };
}

export function judgeMigrations({ missing, foreign }: { missing: string[]; foreign: string[] }): Finding {
  if (foreign.length > 0) {
    const says = `The database has migrations of another version: ${foreign.join(', ')}.`;
    return { about: 'schema', level: 'failed', says, advice: 'Run the version that has applied them, or a later one.' };
  }
  if (missing.length === 0) return { about: 'schema', level: 'ok', says: 'The schema is that of this version.' };
  const says = `${missing.length} migrations are not applied, the first is ${missing[0] ?? ''}.`;
  return { about: 'schema', level: 'failed', says, advice: 'npx dunlin migrate' };
}

/** Which of the secrets can be taken away. */
export function judgeSeal(seal: KeySeal, secrets: number): Finding {
  const about = 'secret';
  if (seal.state === 'none') return { about, level: 'ok', says: 'The installation’s key is made by the first start.' };
  if (seal.state === 'unsealed') {
    const says = 'The installation’s key is not sealed: who reads the database has it.';
    return secrets === 0 ? { about, level: 'ok', says } : { about, level: 'warning', says, advice: 'npx dunlin reseal' };
  }
  if (seal.index === null) {
    const says = 'The installation’s key is sealed with a DUNLIN_SECRET that is not set here.';
    return { about, level: 'failed', says, advice: 'Set that one too, after the first: without it nothing starts again.' };
  }
  if (seal.index > 0) {
    const says = `The installation’s key is sealed with DUNLIN_SECRET number ${seal.index + 1}, which must stay.`;
    return { about, level: 'warning', says, advice: 'When every process has both: npx dunlin reseal' };
  }
  const rest = secrets > 1 ? ' The others can go: only links that they have made stop working.' : '';
  return { about, level: 'ok', says: `The installation’s key is sealed with the first DUNLIN_SECRET.${rest}` };
}

export function judgeKeys(keys: readonly KeyFacts[]): Finding[] {
  const mode = ({ livemode }: KeyFacts): string => (livemode ? 'live' : 'test');
  const ending = keys.flatMap((each) =>
    each.ending.map((last4): Finding => {
      const says = `The ${mode(each)} key of ${each.account} that ends in ${last4} ends within a week.`;
      return { about: 'keys', level: 'warning', says, advice: 'Roll it: POST /v1/api_keys/:key/roll, or in the console.' };
    }),
  );
  const accounts = [...new Set(keys.map(({ account }) => account))];
  const without = accounts.filter((account) => keys.every((each) => each.account !== account || each.usable === 0));
  const none = without.map((account): Finding => {
    return {
      about: 'keys',
      level: 'warning',
      says: `${account} has no key that can be used.`,
      advice: `npx dunlin account key ${account}`,
    };
  });
  const usable = keys.reduce((sum, each) => sum + each.usable, 0);
  return [...none, ...ending, { about: 'keys', level: 'ok', says: `${usable} keys of ${accounts.length} accounts can be used.` }];
}

export function judgeEndpoints(endpoints: readonly FailingEndpoint[]): Finding[] {
  if (endpoints.length === 0) return [{ about: 'webhooks', level: 'ok', says: 'Every webhook endpoint takes what it is sent.' }];
  return endpoints.map(({ id, url, account, waiting, attempts, error }) => ({
    about: 'webhooks',
    level: 'warning',
    says: `${waiting} events wait for ${id} of ${account} (${url}), after up to ${attempts} attempts: ${error ?? 'no answer'}.`,
    advice: 'Mend the receiver: Dunlin goes on by itself, in order. Or disable the endpoint.',
  }));
}

export function judgeProcessors(troubled: readonly ProcessorFacts[], names: readonly string[]): Finding[] {
  if (troubled.length === 0) return [{ about: 'processors', level: 'ok', says: `No processor is paused or fails: ${names.join(', ')}.` }];
  return troubled.map(({ processor, account, livemode, status, pausedBy, reason, failures }) => {
    const whose = `${processor} (${account}, ${livemode ? 'live' : 'test'})`;
    if (status === 'running') {
      return {
        about: 'processors',
        level: 'warning',
        says: `${whose} has failed ${failures} times since its last answer.`,
        advice: 'Watch it.',
      };
    }
    const says = `${whose} is paused by ${pausedBy ?? 'somebody'}${reason === null ? '' : `: ${reason}`}. What would be charged waits.`;
    return { about: 'processors', level: 'failed', says, advice: `Once it works: POST /v1/processors/${processor}/resume.` };
  });
}

export function judgeHeld(held: readonly HeldFacts[]): Finding[] {
  if (held.length === 0) return [{ about: 'held', level: 'ok', says: 'Nothing is held.' }];
  return held.map(({ reason, count, example, error }) => ({
    about: 'held',
    level: 'failed',
    says: `${count} held as ${reason}, among them ${example}: ${error}.`,
    advice: `See GET /v1/held; mend the cause, then POST /v1/held/${example}/release.`,
  }));
}

export function judgeWaiting({ overdueSeconds, deliverySeconds, stillClocks, unknownPayments }: WaitingFacts): Finding[] {
  const findings: Finding[] = [];
  const add = (level: Finding['level'], says: string, advice: string): void => {
    findings.push({ about: 'work', level, says, advice });
  };
  if (overdueSeconds > 5 * MINUTE) {
    const minutes = Math.round(overdueSeconds / MINUTE);
    add('failed', `A workflow has been due for ${minutes} minutes.`, 'Are there enough workers? See their logs, and docs/operations.md.');
  }
  if (deliverySeconds > 5 * MINUTE) {
    const minutes = Math.round(deliverySeconds / MINUTE);
    add(
      'warning',
      `An event has waited for its first delivery for ${minutes} minutes.`,
      'See whether a worker serves the webhooks’ queue.',
    );
  }
  if (stillClocks > 0) add('warning', `${stillClocks} test clocks do not move on.`, 'Their status_details say what they wait for.');
  if (unknownPayments > 0) {
    const says = `The outcome of ${unknownPayments} charges has been unknown for over an hour.`;
    add('failed', says, 'Is the processor reachable? Dunlin asks it until it knows.');
  }
  return findings.length > 0 ? findings : [{ about: 'work', level: 'ok', says: 'Nothing is overdue.' }];
}

function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[step] ?? ''}`;
}
