/** `npm run retention`: writes the tables of docs/retention.md and docs/trust/record-of-processing.md from `db/retention.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEPT_FOR_EVER } from '../db/kept-for-ever';
import { KEEP_DEFAULT, RETENTION, type Retention } from '../db/retention';
import { RECORD, renderRecord } from './processing-record';
import { withTable } from './table-in-page';

const FILE = join(__dirname, '..', 'docs', 'retention.md');

/** The page with both tables as the code has them; everything else in it as it is. */
export function renderRetention(page: string = readFileSync(FILE, 'utf8')): string {
  const withRemoved = withTable(page, '## Removed', ['what', 'tables', 'kept for', 'from', 'why'], RETENTION.map(removedRow));
  return withTable(withRemoved, '## Kept', ['tables', 'why'], keptRows());
}

const removedRow = (line: Retention): string[] => [
  line.kind,
  named([...line.tables, ...(line.emptied ?? [])]),
  keptFor(line),
  line.since,
  line.why,
];

function keptFor({ days, variable }: Retention): string {
  const kept = typeof days === 'number' ? days : days(KEEP_DEFAULT);
  const text = kept === null ? 'for ever' : kept === 0 ? 'no longer than that' : `${String(kept)} days`;
  return variable === undefined ? text : `${text}, or \`${variable}\``;
}

/** One row for each reason. */
function keptRows(): string[][] {
  const reasons = [...new Set(Object.values(KEPT_FOR_EVER))];
  return reasons.map((reason) => [named(Object.keys(KEPT_FOR_EVER).filter((table) => KEPT_FOR_EVER[table] === reason)), reason]);
}

const named = (tables: readonly string[]): string => tables.map((table) => `\`${table}\``).join(', ');

if (require.main === module) {
  writeFileSync(FILE, renderRetention());
  writeFileSync(RECORD, renderRecord());
}
