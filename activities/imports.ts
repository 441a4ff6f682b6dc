import { createHash } from 'node:crypto';
import { advanceImport, contentOf, endImport, findImport, noteWaiting } from '../db/imports';
import { findRow } from '../db/lookup';
import type { Scope } from '../domain/core/steps';
import { takeLine } from '../domain/migration/csv';
import { usageUntil } from '../domain/migration/usage';
import { SOURCE_KINDS, type Import, type ImportLine, type SourceKind } from '../domain/rows/import';
import { Rows } from '../domain/rows/rows';
import type { ImportSource } from '../gateways/import-source';
import { ProcessorUnavailable } from '../gateways/payment-gateway';
import { beating } from './beating';
import { callGateway, outside, type Calling } from './call-gateway';
import type { ActivityDependencies } from './dependencies';
import { failure } from './failures';
import { takeable, takeObjects, type Run, type Takeable } from './import-objects';

export interface ImportOf extends Scope {
  import: string;
}

/** What a page has come to. */
export interface ImportPage {
  isOver: boolean;
  /** For readers of the workflow. */
  words: string;
}

type Deps = ActivityDependencies & Calling;

/** Reads one page of the source, and takes what is on it. Safe to repeat: the row says where to go on. A dry run reads everything in one go. */
export function createImportActivities(deps: Deps) {
  return {
    importPage: (input: ImportOf): Promise<ImportPage> =>
      outside(() =>
        beating(async () => {
          const found = await findImport(deps.sql, input, input.import);
          if (found?.status !== 'running') return { isOver: true, words: found?.status ?? 'removed' };
          const run: Run = { ...found, now: await timeOf(deps, found), rehearsed: found.dryRun ? new Rows() : null };
          if (run.source === 'csv') return takeLines(deps, run);
          return withSource(deps, run, (source) => (run.dryRun ? rehearse(deps, run, source) : takePage(deps, run, source)));
        }),
      ),
    failImport: (input: ImportOf & { reason: string }): Promise<void> =>
      outside(() =>
        beating(async () => {
          await endImport(deps.sql, input, input.import, { status: 'failed', error: input.reason });
        }),
      ),
  };
}

const LINES_AT_ONCE = 100;

/** The lines of a file, a hundred at a time. */
async function takeLines(deps: Deps, run: Run): Promise<ImportPage> {
  const lines = JSON.parse(await contentOf(deps.sql, run.id)) as ImportLine[];
  const from = Number(run.cursor ?? 0);
  const next = from + LINES_AT_ONCE;
  await takeObjects(
    deps,
    run,
    'subscription',
    lines.slice(from, next).map((line) => takeableLine(run, line)),
  );
  const isOver = next >= lines.length;
  await advanceImport(deps.sql, run.id, isOver ? null : { kind: 'subscription', cursor: String(next) });
  return { isOver, words: `${String(Math.min(next, lines.length))} lines read` };
}

/** The same line for the same customer is the same subscription, in whatever file it is. */
function takeableLine(run: Run, { line, values }: ImportLine): Takeable {
  const subscription = `sub_${createHash('sha256')
    .update(JSON.stringify([run.account, run.livemode, values]))
    .digest('hex')
    .slice(0, 24)}`;
  const source = { created: run.now, values, subscription };
  return { id: `line ${String(line)}`, kind: 'subscription', says: values, decide: () => takeLine(source) };
}

async function takePage(deps: Deps, run: Run, source: ImportSource): Promise<ImportPage> {
  const kind = run.kind ?? SOURCE_KINDS[0];
  const page = await source.page(kind, { after: run.cursor, testClock: run.sourceTestClock, usageUntil: usageUntil(run.now) });
  await takeObjects(
    deps,
    run,
    kind,
    page.objects.map((object) => takeable(run, kind, object)),
  );
  const next = page.next === null ? nextKind(kind) : { kind, cursor: page.next };
  await advanceImport(deps.sql, run.id, next);
  return { isOver: next === null, words: `${kind}: ${String(page.objects.length)} read` };
}

async function rehearse(deps: Deps, run: Run, source: ImportSource): Promise<ImportPage> {
  for (const kind of SOURCE_KINDS) {
    for (let after: string | null = null, more = true; more;) {
      if ((await findImport(deps.sql, run, run.id))?.status !== 'running') return { isOver: true, words: 'canceled' };
      const page: Awaited<ReturnType<ImportSource['page']>> = await source.page(kind, {
        after,
        testClock: run.sourceTestClock,
        usageUntil: usageUntil(run.now),
      });
      await takeObjects(
        deps,
        run,
        kind,
        page.objects.map((object) => takeable(run, kind, object)),
      );
      await advanceImport(deps.sql, run.id, { kind, cursor: page.next });
      after = page.next;
      more = page.next !== null;
    }
  }
  await advanceImport(deps.sql, run.id, null);
  return { isOver: true, words: 'rehearsed' };
}

function nextKind(kind: SourceKind): { kind: SourceKind; cursor: null } | null {
  const next = SOURCE_KINDS[SOURCE_KINDS.indexOf(kind) + 1];
  return next ? { kind: next, cursor: null } : null;
}

/** The present time of the customers that it makes. */
async function timeOf({ sql }: Pick<Deps, 'sql'>, run: Import): Promise<number> {
  if (run.testClock === null) return Math.floor(Date.now() / 1000);
  const clock = await findRow(sql, 'testClock', run, run.testClock);
  if (clock?.status === 'ready') return clock.frozenTime;
  throw failure('processor_unavailable', `the test clock ${run.testClock} is advancing`);
}

/** What keeps it waiting is shown to callers, too. */
async function withSource<T>(deps: Deps, run: Run, work: (source: ImportSource) => Promise<T>): Promise<T> {
  try {
    return await callGateway(deps, { gateway: 'stripe', account: run.account, livemode: run.livemode }, ({ source }) => {
      if (!source) throw failure('gateway_unknown', 'the processor is no billing system');
      return work(source);
    });
  } catch (error) {
    if (error instanceof ProcessorUnavailable) await noteWaiting(deps.sql, run.id, error.message);
    throw error;
  }
}
