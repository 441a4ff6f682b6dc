import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOT_PERSONAL, PERSONAL } from '../../db/personal-data';

const schema = readFileSync(join(__dirname, '../../db/schema.sql'), 'utf8');
const tables = [...schema.matchAll(/^create table (\w+) \(([^;]*?)^\)/gm)].map(([, name = '', columns = '']) => ({ name, columns }));

test('every table is a place of personal data, or says why it is none', () => {
  expect(tables.length).toBeGreaterThan(80);
  expect(Object.keys({ ...PERSONAL, ...NOT_PERSONAL }).sort()).toEqual(tables.map(({ name }) => name).sort());
  expect(Object.keys(PERSONAL).filter((name) => name in NOT_PERSONAL)).toEqual([]);
});

test('a table that names a customer is exported, unless its rows are only how Dunlin works or keeps books', () => {
  const naming = tables.filter(({ columns }) => /^ {2}customer /m.test(columns)).map(({ name }) => name);
  expect(naming.filter((name) => !(name in PERSONAL)).sort()).toEqual([
    'customer_keys',
    'events',
    'held',
    'ledger_transactions',
    'retired_invoice_prefixes',
    'workflows',
  ]);
});

test('each way to find the rows of a customer leads along columns that exist', () => {
  const columnsOf = (name: string): string => tables.find((table) => table.name === name)?.columns ?? '';
  for (const [name, owner] of Object.entries(PERSONAL)) {
    const column = owner === 'itself' ? 'id' : owner === 'customer' ? 'customer' : 'address' in owner ? owner.address : owner.column;
    expect([name, new RegExp(`^ {2}${column} `, 'm').test(columnsOf(name))]).toEqual([name, true]);
    if (typeof owner === 'object' && 'of' in owner) expect([name, /^ {2}customer /m.test(columnsOf(owner.of))]).toEqual([name, true]);
  }
});
