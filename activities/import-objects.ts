/** Takes objects of another billing system: each in one commit, through the planners that the API uses. */
import { createHash } from 'node:crypto';
import { commit, preview, type CommitInput, type Decide } from '../db/commit';
import { newCouponKey } from '../db/coupons';
import { loadImportFacts } from '../db/import-facts';
import { addImportedUsage } from '../db/metering/imported-usage';
import { earlierObjects, recordObject, type Earlier } from '../db/imports';
import { BillingError } from '../domain/core/errors';
import type { ChangeSet } from '../domain/core/change-set';
import { decide } from '../domain/migration/decide';
import type { SourceObjects } from '../domain/migration/source-objects';
import { isTaking, problemOf, type NotTaken, type Taking } from '../domain/migration/taking';
import type { Import, Outcome, Problem, SourceKind } from '../domain/rows/import';
import type { Rows } from '../domain/rows/rows';
import { settleFollowing } from '../domain/steps/registry';
import { snapshot } from '../objects';
import type { ActivityDependencies } from './dependencies';

export type Taker = Pick<ActivityDependencies, 'linkTo' | 'notifyEndpoints' | 'notifyMails' | 'secret' | 'sql' | 'wake'>;

/** A run, its time, and in a dry run what it would have made so far. */
export interface Run extends Import {
  now: number;
  rehearsed: Rows | null;
}

interface Taken {
  outcome: Outcome;
  problems: Problem[];
  summary: Record<string, unknown> | null;
}

/** One object of the source, and how it is decided what becomes of it. */
export interface Takeable {
  id: string;
  kind: SourceKind;
  /** What it says: the same is not taken again. */
  says: object;
  decide: () => NotTaken | Taking;
}

export const takeable = <K extends SourceKind>(run: Run, kind: K, object: SourceObjects[K]): Takeable => ({
  ...{ id: object.id, kind, says: object },
  decide: () => decide(kind, object, { testClock: run.testClock, couponKey: (_changes, id) => newCouponKey(run, id, 0) }),
});

/** Commits of different customers run side by side; those of the catalogue wait for each other where they must. */
const AT_ONCE = 8;

/** Takes the objects of one kind, and records what became of each. */
export async function takeObjects(deps: Taker, run: Run, kind: SourceKind, objects: readonly Takeable[]): Promise<void> {
  const ids = objects.map(({ id }) => id);
  const earlier = await earlierObjects(deps.sql, run, kind, ids);
  const queue = objects.map((object) => () => takeObject(deps, run, object, earlier.get(object.id)));
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await next();
  };
  await Promise.all(Array.from({ length: run.dryRun ? 1 : AT_ONCE }, work));
}

/** What has been taken is taken again only if it has changed at the source. */
const WRITTEN: readonly Outcome[] = ['taken', 'changed', 'unchanged'];

async function takeObject(deps: Taker, run: Run, object: Takeable, earlier: Earlier | undefined): Promise<void> {
  const digest = digestOf(object.says);
  const isSame = earlier?.digest === digest && WRITTEN.includes(earlier.outcome);
  const taken = isSame ? { outcome: 'unchanged' as const, problems: earlier.problems, summary: null } : await take(deps, run, object);
  await recordObject(deps.sql, run, { kind: object.kind, sourceId: object.id, digest, ...taken });
}

const digestOf = (object: object): string => createHash('sha256').update(JSON.stringify(object)).digest('base64url').slice(0, 22);

/** Makes ours of one object, or says why not. */
export async function take(deps: Taker, run: Run, { id, kind, says, decide: decideIt }: Takeable): Promise<Taken> {
  const decided = decideIt();
  if (!isTaking(decided)) return notTaken(decided);
  try {
    const outcome = await write(deps, run, decided, { kind, id, digest: digestOf(says) });
    return { outcome, problems: decided.problems, summary: null };
  } catch (error) {
    if (error instanceof BillingError) return { outcome: 'refused', problems: [problemOf(error)], summary: null };
    throw error;
  }
}

const notTaken = ({ outcome, problems, summary }: NotTaken): Taken => ({ outcome, problems, summary: summary ?? null });

/** @throws BillingError if a planner refuses: nothing was written then */
async function write(
  deps: Taker,
  run: Run,
  taking: Taking,
  { kind, id, digest }: { kind: SourceKind; id: string; digest: string },
): Promise<Outcome> {
  let outcome = 'taken' as Outcome;
  const input = inputOf(deps, run, taking, { workflow: `api/import/${kind}/${run.account}/${id}`, commitKey: `${run.id}/${digest}` });
  const plan = (changes: ChangeSet): void => {
    outcome = taking.plan(changes);
    settleFollowing(changes);
  };
  const decideOn: Decide = async (tx) => {
    const facts = await loadImportFacts(tx, run, taking);
    return { facts: run.rehearsed ? both(run.rehearsed, facts) : facts, request: null, plan };
  };
  if (run.rehearsed) {
    const changes = await preview(deps.sql, input, decideOn);
    keep(run.rehearsed, changes);
    return outcome;
  }
  const committed = await commit(deps.sql, input, decideOn);
  deps.notifyEndpoints(committed.endpoints);
  if (committed.hasMails) deps.notifyMails(run);
  await deps.wake(
    committed.wakes.map((wake) => ({ ...wake, account: run.account, livemode: run.livemode })),
    run.now,
  );
  // Once Dunlin bills, the source does not count any more.
  if (outcome !== 'unchanged') await takeUsage(deps, run, taking);
  return outcome;
}

async function takeUsage(deps: Taker, run: Run, { customer, usage = [] }: Taking): Promise<void> {
  if (customer === null || usage.length === 0) return;
  const watchers = await addImportedUsage(deps.sql, run, customer, usage);
  await deps.wake(watchers, run.now);
}

function inputOf(deps: Taker, run: Run, { customer, keeps }: Taking, of: Pick<CommitInput, 'commitKey' | 'workflow'>): CommitInput {
  return {
    ...of,
    secret: deps.secret,
    render: (kind, key, rows) => snapshot(kind, key, rows, { now: run.now, linkTo: deps.linkTo }),
    scope: { account: run.account, livemode: run.livemode },
    ...{ step: 'import', now: run.now, customer, keeps },
  };
}

function both(one: Rows, other: Rows): Rows {
  const rows = one.copy();
  rows.putAll(other);
  return rows;
}

/** What later objects name. */
function keep(rehearsed: Rows, changes: ChangeSet): void {
  for (const [kind, keys] of changes.changed) for (const key of keys) rehearsed.put(kind, changes.rows.get(kind, key));
}
