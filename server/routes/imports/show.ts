import type { Counts, Import, ImportedObject, SourceKind } from '../../../domain/rows/import';
import { SOURCE_KINDS } from '../../../domain/rows/import';
import { countObjects } from '../../../db/imports';
import type { Sql } from '../../../db/connect';
import type { WireImport, WireImportedObject } from '../../../objects/shapes/import';

export async function showImports(sql: Sql, rows: readonly Import[]): Promise<WireImport[]> {
  const counted = await countObjects(
    sql,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => showImport(row, counted.get(row.id) ?? { leftOut: {} }));
}

function showImport(row: Import, counts: Counts & { leftOut: Partial<Record<SourceKind, number>> }): WireImport {
  const { id, created, dryRun, error, finishedAt, livemode, source, sourceTestClock, status, testClock } = row;
  return {
    ...{ id, object: 'import', counts: countsOf(counts), created, dry_run: dryRun, error, finished_at: finishedAt, livemode },
    reading: status === 'running' ? row.kind : null,
    ...{ source, source_test_clock: sourceTestClock, status, test_clock: testClock },
  };
}

const NONE = { changed: 0, reference: 0, refused: 0, skipped: 0, taken: 0, unchanged: 0 };

function countsOf({ leftOut, ...counts }: Parameters<typeof showImport>[1]): WireImport['counts'] {
  const shown = SOURCE_KINDS.filter((kind) => counts[kind] !== undefined);
  return Object.fromEntries(shown.map((kind) => [kind, { ...NONE, ...counts[kind], left_out: leftOut[kind] ?? 0 }]));
}

export function showObject(row: ImportedObject, livemode: boolean): WireImportedObject {
  const { id, created, import: run, kind, outcome, problems, sourceId, summary } = row;
  return { id, object: 'imported_object', created, import: run, kind, livemode, outcome, problems, source_id: sourceId, summary };
}
