/** The tables of docs/trust/record-of-processing.md, so that the record of GDPR, article 30, says what the database has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEPT_FOR_EVER } from '../db/kept-for-ever';
import { NOT_PERSONAL, PERSONAL } from '../db/personal-data';
import { KEEP_DEFAULT, RETENTION, type Retention } from '../db/retention';
import { withTable } from './table-in-page';

export const RECORD = join(__dirname, '..', 'docs', 'trust', 'record-of-processing.md');

/** The page with its tables as the code has them; everything else in it as it is. */
export function renderRecord(page: string = readFileSync(RECORD, 'utf8')): string {
  const customers = withTable(page, '## Where data of customers is', ['table', 'removed'], Object.keys(PERSONAL).sort().map(rowOf));
  return withTable(customers, '## Where other personal data is', ['table', 'removed', 'why it is there'], others());
}

const rowOf = (table: string): string[] => [`\`${table}\``, removedAfter(table)];

/** Copies, data of staff, and tables that may have data of customers: their reasons say so. */
const others = (): string[][] =>
  Object.entries(NOT_PERSONAL)
    .filter(([, why]) => /cop(y|ies)|people who work|seller has sent|e-mail|counts events/.test(why))
    .map(([table, why]) => [...rowOf(table), why])
    .sort(([a = ''], [b = '']) => a.localeCompare(b));

function removedAfter(table: string): string {
  const rules = RETENTION.filter(({ tables }) => tables.includes(table));
  if (rules.length > 0) return rules.map(termOf).join('; ');
  const why = KEPT_FOR_EVER[table];
  const emptied = RETENTION.filter((line) => line.emptied?.includes(table) === true).map(
    (line) => ` Emptied ${whenOf(line)}: ${line.kind}.`,
  );
  return why === undefined ? 'with its owner' : `kept. ${why}${emptied.join('')}`;
}

const termOf = (line: Retention): string => `${line.kind}: ${whenOf(line)}`;

function whenOf({ days, variable, since }: Retention): string {
  const kept = typeof days === 'number' ? days : days(KEEP_DEFAULT);
  const term = kept === null ? 'kept' : kept === 0 ? `at once after ${since}` : `${String(kept)} days after ${since}`;
  return `${term}${variable === undefined ? '' : `, or as \`${variable}\` says`}`;
}
