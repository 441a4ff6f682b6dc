import { randomBytes } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createTestClockActivities, type AdvanceResult, type TestClockDependencies } from '../../activities/test-clocks';
import { ClockShares } from '../../activities/clock-steps';
import { createAccount } from '../../db/accounts';
import type { Sql } from '../../db/connect';
import type { TestClockProgress } from '../../domain/rows/test-clock';
import type { EntityRef } from '../../domain/rows/workflow';
import { testSideBySide } from '../support/side-by-side';
import { until } from '../support/system';
import { createDatabase, type TestDatabase } from '../support/stack';

const DAY = 86_400;
let database: TestDatabase;
let sql: Sql;
let account: string;
beforeAll(async () => {
  database = await createDatabase();
  sql = database.sql;
  account = (await createAccount(sql, { name: 'Clocks' })).account;
});
afterAll(() => database.drop());

interface Member {
  kind: EntityRef['kind'];
  subject: string;
  customer: string | null;
  due: number | null;
  nextStep?: string;
}

async function clockWith(members: Member[], change: { target: number; standstill?: number }): Promise<string> {
  const id = `clock_${randomBytes(6).toString('hex')}`;
  await sql`
    insert into test_clocks (id, account, livemode, created, frozen_time, target_time, status, status_details, deletes_after)
    values (${id}, ${account}, false, 0, 0, ${change.target}, 'advancing',
      ${sql.json({ progress_at: 0, standstill: change.standstill ?? 0, looked_at: Date.now() / 1000 + 60 })}, ${Math.floor(Date.now() / 1000) + DAY})`;
  for (const member of members) await putMember(id, member);
  return id;
}

async function putMember(clock: string, { kind, subject, customer, due, nextStep = 'renew' }: Member): Promise<void> {
  await sql`
    insert into workflows (id, kind, subject, account, livemode, customer, test_clock, status, next_due, next_step, started_at)
    values (${`${clock}:${kind}/${subject}`}, ${kind}, ${subject}, ${account}, false, ${customer}, ${clock}, 'active', ${due}, ${nextStep}, 0)`;
}

const reschedule = (clock: string, kind: string, subject: string, due: number | null) =>
  sql`update workflows set next_due = ${due}, moved_at = clock_timestamp() where id = ${`${clock}:${kind}/${subject}`}`;

/** Members whose behavior is a function of the message `now`. */
async function run(clock: string, step: (entity: EntityRef, now: number) => Promise<unknown>): Promise<AdvanceResult> {
  const deps: TestClockDependencies = {
    ...{
      sql,
      secret: 'a secret of at least 32 characters',
      linkTo: (id: string) => id,
      notifyEndpoints: () => undefined,
      endWorkflow: () => Promise.resolve(),
    },
    advance: async (entity, now, { signal }) => {
      const late = new Promise((resolve) => signal.addEventListener('abort', resolve));
      await Promise.race([step(entity, now), late]);
      signal.throwIfAborted();
    },
  };
  return new MockActivityEnvironment().run<[{ clock: string }], AdvanceResult, (of: { clock: string }) => Promise<AdvanceResult>>(
    createTestClockActivities(deps).advanceClock,
    { clock },
  );
}

/** A held workflow of the clock. */
const hold = (clock: string, kind: string, subject: string) => sql`
  insert into held (id, workflow, kind, subject, account, livemode, customer, test_clock, created, step, commit_key, reason, error, app_version, look_again_at)
  values (${`held_${randomBytes(6).toString('hex')}`}, ${`${clock}:${kind}/${subject}`}, ${kind}, ${subject}, ${account}, false, null, ${clock},
    0, 'renew', 'renew/5', 'failed', '{}', 'test', 0)`;

const clockRow = async (clock: string) =>
  (await sql<{ status: string; frozenTime: number; statusDetails: TestClockProgress }[]>`select * from test_clocks where id = ${clock}`)[0];
const outside = (clock: string, kind: string, subject: string) =>
  sql`update workflows set next_step = 'attemptPayment', moved_at = clock_timestamp() where id = ${`${clock}:${kind}/${subject}`}`;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const frozenTime = async (clock: string): Promise<number> =>
  (await sql<{ frozenTime: number }[]>`select frozen_time from test_clocks where id = ${clock}`)[0]?.frozenTime ?? -1;

test('everything due up to the target is done at its own time, in order of time, and the clock ends at the target', async () => {
  const clock = await clockWith(
    [
      { kind: 'subscription', subject: 'sub_month', customer: 'cus_a', due: 30 },
      { kind: 'subscription', subject: 'sub_week', customer: 'cus_b', due: 7 },
    ],
    { target: 70 },
  );
  const story: string[] = [];
  const result = await run(clock, async (entity, now) => {
    story.push(`${String(now)} ${entity.subject}`);
    expect(await frozenTime(clock)).toBe(now);
    await reschedule(clock, entity.kind, entity.subject, now + (entity.subject === 'sub_month' ? 30 : 7));
  });
  expect(result).toMatchObject({ status: 'ready', frozenTime: 70, targetTime: null });
  const times = story.map((line) => Number(line.split(' ')[0]));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(story.filter((line) => line.endsWith('sub_month'))).toEqual(['30 sub_month', '60 sub_month']);
  expect(story.filter((line) => line.endsWith('sub_week')).length).toBe(10);
  const events = await sql<{ type: string }[]>`select type from events where object_id = ${clock}`;
  expect(events.map(({ type }) => type)).toEqual(['test_helpers.test_clock.ready']);
});

test('an entity that starts at an instant is stepped at that instant, before time moves: a retry on day 3 comes before the renewal on day 30', async () => {
  const clock = await clockWith([{ kind: 'subscription', subject: 'sub_1', customer: 'cus_c', due: 0 }], { target: 40 });
  const story: string[] = [];
  await run(clock, async (entity, now) => {
    story.push(`${String(now)} ${entity.kind}`);
    if (entity.kind === 'dunning') return reschedule(clock, 'dunning', 'in_1', now >= 3 ? null : 3);
    if (now === 0) await putMember(clock, { kind: 'dunning', subject: 'in_1', customer: 'cus_c', due: 0 });
    return reschedule(clock, 'subscription', 'sub_1', now + 30);
  });
  expect(story).toEqual(['0 subscription', '0 dunning', '3 dunning', '30 subscription']);
});

test('members of one customer are stepped one after another by kind, customers in parallel', async () => {
  const members: Member[] = ['subscription', 'dunning', 'payment'].map((kind) => ({
    kind: kind as Member['kind'],
    subject: 'x',
    customer: 'cus_d',
    due: 5,
  }));
  const clock = await clockWith([...members, { kind: 'refund', subject: 'y', customer: 'cus_e', due: 5 }], { target: 5 });
  const story: string[] = [];
  let atOnce = 0;
  let most = 0;
  await run(clock, async (entity) => {
    story.push(entity.kind);
    most = Math.max(most, (atOnce += 1));
    await new Promise((resolve) => setTimeout(resolve, 30));
    atOnce -= 1;
    await reschedule(clock, entity.kind, entity.subject, null);
  });
  expect(story.filter((kind) => kind !== 'refund')).toEqual(['payment', 'dunning', 'subscription']);
  expect(most).toBe(2);
});

test('a member whose message was lost is stepped again', async () => {
  const clock = await clockWith([{ kind: 'subscription', subject: 'sub_lost', customer: 'cus_g', due: 5 }], { target: 9 });
  let params = 0;
  const result = await run(clock, (entity) => {
    params += 1;
    if (params < 3) throw new Error('the connection was lost');
    return reschedule(clock, entity.kind, entity.subject, null);
  });
  expect([result.status, params]).toEqual(['ready', 3]);
});

/** These wait for seconds. */
testSideBySide(
  {
    async 'a member that is due for the same step again and again fails the advance, and is named; another advance continues'() {
      const clock = await clockWith([{ kind: 'subscription', subject: 'sub_loop', customer: 'cus_f', due: 5 }], { target: 9 });
      const failed = await run(clock, () => Promise.resolve());
      expect(failed).toMatchObject({ status: 'internal_failure', frozenTime: 5, waitingFor: [`${clock}:subscription/sub_loop`] });
      await sql`update test_clocks set status = 'advancing' where id = ${clock}`;
      const mended = await run(clock, (entity) => reschedule(clock, entity.kind, entity.subject, 50));
      expect(mended).toMatchObject({ status: 'ready', frozenTime: 9 });
    },
    async 'a clock that stands still for too long fails its advance and names the workflow that it waits for'() {
      const clock = await clockWith([{ kind: 'payment', subject: 'pi_1', customer: 'cus_h', due: 0 }], { target: 9, standstill: 14 });
      const result = await run(clock, () => new Promise(() => undefined));
      expect(result).toMatchObject({ status: 'internal_failure', frozenTime: 0, waitingFor: [expect.stringContaining('payment/pi_1')] });
    },
    async 'an advance waits for a long charge of a workflow that was woken, and then continues'() {
      const clock = await clockWith([{ kind: 'dunning', subject: 'in_1', customer: 'cus_i', due: 5 }], { target: 9 });
      let params = 0;
      const result = await run(clock, async (entity) => {
        params += 1;
        // It has settled at this instant before, and so answers at once, while its charge is in flight.
        if (params > 1) return;
        await outside(clock, entity.kind, entity.subject);
        void sleep(4_000).then(() => reschedule(clock, entity.kind, entity.subject, null));
      });
      expect(result).toMatchObject({ status: 'ready', frozenTime: 9 });
      expect(params).toBeLessThan(30);
    },
    async 'a clock advances for as long as a processor does not answer, and names it'() {
      const member: Member = { kind: 'payment', subject: 'pi_away', customer: 'cus_j', due: 0, nextStep: 'resolvePayment' };
      const clock = await clockWith([member], { target: 9, standstill: 14 });
      const answers = run(clock, () => new Promise(() => undefined));
      const id = `${clock}:payment/pi_away`;
      await until(async () => (await clockRow(clock))?.statusDetails.waiting_for?.includes(id));
      expect(await answers).toMatchObject({ status: 'advancing', frozenTime: 0, waitingFor: [id] });
    },
  },
  () => Promise.resolve(),
);

test.each<[string, (clock: string) => Promise<unknown>, string]>([
  ['canceled', (clock) => sql`update test_clocks set status = 'ready', target_time = null where id = ${clock}`, 'ready'],
  ['deleted', (clock) => sql`update test_clocks set deleted = true where id = ${clock}`, 'deleted'],
])('an advance that is %s ends within a second, even while its workflows run', async (_, change, status) => {
  const clock = await clockWith([{ kind: 'subscription', subject: 'sub_slow', customer: 'cus_k', due: 0 }], { target: 9 });
  let params = 0;
  const advance = run(clock, () => {
    params += 1;
    return new Promise(() => undefined);
  });
  await until(() => params > 0);
  await sleep(300);
  await change(clock);
  const from = Date.now();
  expect(await advance).toMatchObject({ status, frozenTime: 0 });
  expect(Date.now() - from).toBeLessThan(1_200);
});

test('an advance that is canceled while thousands are due at one instant steps no further ones', async () => {
  const members = Array.from({ length: 2_000 }, (_, n): Member => ({
    kind: 'subscription',
    subject: `sub_${String(n)}`,
    customer: `cus_${String(n)}`,
    due: 5,
  }));
  const clock = await clockWith(members, { target: 9 });
  let params = 0;
  const advance = run(clock, async (entity) => {
    params += 1;
    await sleep(20);
    await reschedule(clock, entity.kind, entity.subject, null);
  });
  await until(() => params > 50);
  await sql`update test_clocks set status = 'ready', target_time = null where id = ${clock}`;
  expect(await advance).toMatchObject({ status: 'ready', frozenTime: 5 });
  expect(params).toBeLessThan(1_900);
  const later = params;
  await sleep(200);
  expect(params).toBe(later);
});

test('an advance right after a canceled one goes to its own target, not to the other’s', async () => {
  const clock = await clockWith([{ kind: 'subscription', subject: 'sub_1', customer: 'cus_l', due: 100 }], { target: 1_000 });
  const first = run(clock, async (entity, now) => {
    await sleep(50);
    await reschedule(clock, entity.kind, entity.subject, now + 100);
  });
  await until(async () => (await frozenTime(clock)) >= 200);
  await sql`update test_clocks set target_time = frozen_time + 1 where id = ${clock}`;
  const target = (await frozenTime(clock)) + 1;
  await first;
  expect(await run(clock, () => Promise.resolve())).toMatchObject({ status: 'ready' });
  expect(await frozenTime(clock)).toBeLessThanOrEqual(target);
});

test('a clock advances without held entities, and lists them', async () => {
  const members: Member[] = [
    { kind: 'subscription', subject: 'sub_held', customer: 'cus_m', due: 5 },
    { kind: 'subscription', subject: 'sub_well', customer: 'cus_n', due: 6 },
  ];
  const clock = await clockWith(members, { target: 9 });
  await hold(clock, 'subscription', 'sub_held');
  const story: string[] = [];
  const result = await run(clock, (entity, now) => {
    story.push(`${String(now)} ${entity.subject}`);
    return reschedule(clock, entity.kind, entity.subject, null);
  });
  expect(result).toMatchObject({ status: 'ready', frozenTime: 9 });
  expect(story).toEqual(['6 sub_well']);
  expect((await clockRow(clock))?.statusDetails.held).toEqual([`${clock}:subscription/sub_held`]);
});

test('the more clocks a process advances, the fewer customers each steps at once, so that no clock waits for another to finish', async () => {
  const shares = new ClockShares();
  const seen: number[] = [];
  const nested = async (depth: number): Promise<void> => {
    seen.push(shares.share);
    if (depth < 30) await shares.taking(() => nested(depth + 1));
  };
  await nested(0);
  expect(seen.slice(0, 5)).toEqual([24, 24, 20, 13, 10]);
  expect(Math.min(...seen)).toBe(1);
});

test('repeating an advance, as after a crash, changes nothing more', async () => {
  const clock = await clockWith([], { target: 9 });
  expect(await run(clock, () => Promise.resolve())).toMatchObject({ status: 'ready', frozenTime: 9 });
  expect(await run(clock, () => Promise.resolve())).toMatchObject({ status: 'ready', frozenTime: 9 });
  expect((await sql`select 1 from events where object_id = ${clock}`).length).toBe(1);
});

test('a clock older than 30 days is deleted', async () => {
  const clock = await clockWith([], { target: 9 });
  await sql`update test_clocks set status = 'ready', target_time = null, deletes_after = 1 where id = ${clock}`;
  expect(await run(clock, () => Promise.resolve())).toMatchObject({ status: 'deleted' });
});
