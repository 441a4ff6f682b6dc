import { KEEP_DEFAULT, KEPT_FOR_EVER, RETENTION, type Retention } from '../../db/retention';
import { textOf } from './repository';

const rows = textOf('docs/retention.md')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.replace(/\s+\|/g, ' |'));

function keptFor({ days, variable }: Retention): string {
  const kept = typeof days === 'number' ? days : days(KEEP_DEFAULT);
  const text = kept === null ? 'for ever' : kept === 0 ? 'no longer than that' : `${String(kept)} days`;
  return variable === undefined ? text : `${text}, or \`${variable}\``;
}

test.each(RETENTION.map((line) => [line.kind, line] as const))('docs/retention.md says how long Dunlin keeps %s', (_, line) => {
  const tables = line.tables.map((table) => `\`${table}\``).join(', ');
  expect(rows).toContain(`| ${line.kind} | ${tables} | ${keptFor(line)} | ${line.since} | ${line.why} |`);
});

test('docs/retention.md says why Dunlin keeps every other table for ever', () => {
  const reasons = [...new Set(Object.values(KEPT_FOR_EVER))];
  const said = reasons.map((reason) => {
    const tables = Object.keys(KEPT_FOR_EVER).filter((table) => KEPT_FOR_EVER[table] === reason);
    return `| ${tables.map((table) => `\`${table}\``).join(', ')} | ${reason} |`;
  });
  expect(rows).toEqual(expect.arrayContaining(said));
});
