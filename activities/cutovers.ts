import { commit, type Decide } from '../db/commit';
import { findCutover, keepFrozen, loadCutoverFacts, plannedElsewhere } from '../db/cutovers';
import { timeOfCustomer } from '../db/shadow-invoices';
import type { ChangeSet } from '../domain/core/change-set';
import type { Scope } from '../domain/core/steps';
import { endReturn, refuseCutover, switchBilling } from '../domain/migration/cutover';
import { adoptSchedule } from '../domain/migration/schedules';
import type { SourceSubscription } from '../domain/migration/source-objects';
import { idOrNull } from '../domain/migration/source-parts';
import { usageUntil } from '../domain/migration/usage';
import type { Cutover, CutoverStatus } from '../domain/rows/cutover';
import type { PauseCollection } from '../domain/rows/subscription';
import { SourceRefused, type ImportSource } from '../gateways/import-source';
import { snapshot } from '../objects';
import { beating } from './beating';
import { callGateway, outside, type Calling } from './call-gateway';
import type { ActivityDependencies } from './dependencies';
import { failure } from './failures';
import { take, takeable, type Run } from './import-objects';

export interface CutoverOf extends Scope {
  cutover: string;
}

type Deps = ActivityDependencies & Calling;

/** Where nothing is taken, none is read. */
const NO_USAGE = 0;

/** While it lasts, the source makes drafts and charges nobody. */
const FREEZE: PauseCollection = { behavior: 'keep_as_draft', resumes_at: null };

/** The steps of a cutover. Each is safe to repeat, and each leaves the customer billed by exactly one system. */
export function createCutoverActivities(deps: Deps) {
  return {
    freezeSource: (input: CutoverOf): Promise<{ status: CutoverStatus }> =>
      outside(() =>
        beating(async () => {
          const refusal = await inSource(deps, input, (source, of) => freeze(deps, source, of)).then(() => null, refusalOf);
          if (refusal === null) return { status: 'freezing' };
          const { status } = await commitOn(deps, input, 'refuseCutover', (changes) => refuseCutover(changes, input.cutover, refusal));
          return { status };
        }),
      ),
    takeOver: (input: CutoverOf): Promise<{ status: CutoverStatus }> =>
      outside(() =>
        beating(async () => {
          const { problem, planned } = await inSource(deps, input, (source, of) => refresh(deps, source, of));
          const cutover = await commitOn(deps, input, 'switchBilling', (changes) => {
            if (problem === null) switchBilling(changes, input.cutover, planned);
            else refuseCutover(changes, input.cutover, problem);
          });
          if (cutover.status === 'done') await adopt(deps, input, cutover);
          return { status: cutover.status };
        }),
      ),
    freeSource: (input: CutoverOf): Promise<void> =>
      outside(() =>
        beating(async () => {
          await inSource(deps, input, (source, of) => free(deps, source, of));
          await commitOn(deps, input, 'endReturn', (changes) => endReturn(changes, input.cutover));
        }),
      ),
  };
}

const isOver = ({ status }: SourceSubscription): boolean =>
  status === 'canceled' || status === 'incomplete' || status === 'incomplete_expired';

/** What was paused before is written down before anything is paused, so that a repetition does not take our pause for the seller's. */
async function freeze({ sql }: Deps, source: ImportSource, { id, customer }: Cutover): Promise<void> {
  const living = (await source.subscriptionsOf(customer, NO_USAGE)).filter((each) => !isOver(each));
  const frozen = await keepFrozen(
    sql,
    id,
    living.map(({ id: subscription, pause_collection: pause }) => ({ subscription, pause })),
  );
  for (const { subscription } of frozen) await pauseAndCheck(source, subscription, FREEZE);
}

/** @throws any other error */
function refusalOf(error: unknown): string {
  if (error instanceof SourceRefused) return error.message;
  throw error;
}

/** A customer whom nobody bills is not left so: it is tried until the source accepts it. */
function notFreed(error: unknown): never {
  throw error instanceof SourceRefused ? failure('processor_unavailable', error.message, { cause: error }) : error;
}

/** One that resumes by itself at another time is not paused in the same way. */
const isPausedAs = ({ pause_collection: now }: SourceSubscription, pause: PauseCollection | null): boolean =>
  (now?.behavior ?? null) === (pause?.behavior ?? null) && (now?.resumes_at ?? null) === (pause?.resumes_at ?? null);

async function pauseAndCheck(source: ImportSource, subscription: string, pause: PauseCollection | null): Promise<void> {
  const after = await source.pause(subscription, pause);
  if (isPausedAs(after, pause)) return;
  throw failure('processor_unavailable', `the other system has not changed the pause of ${subscription}`);
}

/** What the source shows now: what of it cannot be taken, and the schedules that have not begun. */
interface Refreshed {
  problem: string | null;
  planned: readonly string[];
}

/** Takes what the source shows now, without our pause. What cannot be taken is the reason not to go on. */
async function refresh(deps: Deps, source: ImportSource, { id, customer, frozen, account, livemode }: Cutover): Promise<Refreshed> {
  const now = await timeOfCustomer(deps.sql, customer);
  const nothing = { source: 'stripe', dryRun: false, status: 'running', kind: null, cursor: null, finishedAt: null, error: null } as const;
  const run: Run = { ...nothing, id, account, livemode, created: now, now, testClock: null, sourceTestClock: null, rehearsed: null };
  const before = new Map(frozen.map(({ subscription, pause }) => [subscription, pause]));
  // Before the subscriptions, so that one which begins in between is found as one of them.
  const schedules = await source.schedulesOf(customer);
  const living = (await source.subscriptionsOf(customer, usageUntil(now))).filter((each) => !isOver(each));
  const unknown = living.find((each) => !before.has(each.id));
  if (unknown) return { problem: `The subscription ${unknown.id} has begun meanwhile.`, planned: [] };
  const results = [await take(deps, run, takeable(run, 'customer', await source.customer(customer)))];
  for (const object of living) {
    results.push(await take(deps, run, takeable(run, 'subscription', { ...object, pause_collection: before.get(object.id) ?? null })));
  }
  for (const schedule of schedules) results.push(await take(deps, run, takeable(run, 'subscription_schedule', schedule)));
  const refused = results.find(({ outcome }) => outcome === 'refused' || outcome === 'skipped');
  const problem = refused ? refused.problems.map(({ field, reason }) => `${field}: ${reason}`).join(' ') : null;
  return { problem, planned: schedules.map((each) => each.id) };
}

/** Dunlin begins what was planned there, once the source does not: so it is begun by exactly one of them. */
async function adopt(deps: Deps, input: CutoverOf, { customer }: Cutover): Promise<void> {
  for (const schedule of await plannedElsewhere(deps.sql, customer)) {
    const { isLeft, subscription: begun } = await inSource(deps, input, (source) => source.letGo(schedule)).catch(notFreed);
    await commitOn(deps, input, `adoptSchedule/${schedule}`, (changes) => adoptSchedule(changes, schedule, { isLeft, begun }));
  }
}

/** The source bills as before. What became due while it was frozen is charged now, so that nobody is billed by neither. */
async function free({ sql }: Deps, source: ImportSource, { customer, created, frozen }: Cutover): Promise<void> {
  const now = await timeOfCustomer(sql, customer);
  // A pause of the seller's that would be over by now does not begin again.
  const before = frozen.map(({ subscription, pause }) => ({ subscription, pause: (pause?.resumes_at ?? Infinity) <= now ? null : pause }));
  const there = new Map((await source.subscriptionsOf(customer, NO_USAGE)).map((each) => [each.id, each]));
  for (const { subscription, pause } of before) {
    const found = there.get(subscription);
    // What has ended meanwhile needs not to be freed.
    if (found && !isOver(found) && !isPausedAs(found, pause)) await pauseAndCheck(source, subscription, pause).catch(notFreed);
  }
  const freed = new Set(before.filter(({ pause }) => pause === null).map(({ subscription }) => subscription));
  await collectDrafts(source, { customer, created }, freed);
}

async function collectDrafts(
  source: ImportSource,
  { customer, created }: Pick<Cutover, 'customer' | 'created'>,
  freed: ReadonlySet<string>,
): Promise<void> {
  for (const invoice of await source.invoicesOf(customer, created)) {
    const subscription = idOrNull(invoice.parent?.subscription_details?.subscription);
    if (invoice.status === 'draft' && invoice.auto_advance === false && subscription !== null && freed.has(subscription)) {
      await source.collect(invoice.id);
    }
  }
}

async function inSource<T>(
  deps: Deps,
  { cutover: id, ...scope }: CutoverOf,
  work: (source: ImportSource, of: Cutover) => Promise<T>,
): Promise<T> {
  const cutover = await cutoverOf(deps, id);
  return callGateway(deps, { gateway: 'stripe', ...scope }, ({ source }) => {
    if (!source) throw failure('gateway_unknown', 'the processor is no billing system');
    return work(source, cutover);
  });
}

async function cutoverOf({ sql }: Pick<Deps, 'sql'>, id: string): Promise<Cutover> {
  const cutover = await findCutover(sql, id);
  if (!cutover) throw new Error(`the cutover ${id} is not there`);
  return cutover;
}

/** One commit under the lock of the customer. */
async function commitOn(
  deps: Deps,
  { cutover: id, account, livemode }: CutoverOf,
  step: string,
  plan: (changes: ChangeSet) => void,
): Promise<Cutover> {
  const { customer } = await cutoverOf(deps, id);
  const now = await timeOfCustomer(deps.sql, customer);
  const scope = { account, livemode };
  const decide: Decide = async (tx) => ({ facts: await loadCutoverFacts(tx, scope, customer, id), request: null, plan });
  const input = {
    ...{ secret: deps.secret, scope, workflow: `api/cutover/${id}`, commitKey: step, step, now, customer },
    render: ((kind, key, rows) => snapshot(kind, key, rows, { now, linkTo: deps.linkTo })) satisfies Parameters<typeof commit>[1]['render'],
  };
  const { wakes, endpoints } = await commit(deps.sql, input, decide);
  deps.notifyEndpoints(endpoints);
  await deps.wake(
    wakes.map((wake) => ({ ...wake, ...scope })),
    now,
  );
  return cutoverOf(deps, id);
}
