import { createAccount } from '../../db/accounts';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test('every table whose rows belong to an account refuses to move a row to another account', async () => {
  const unguarded = await database.sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'keep_owner' and t.tgenabled <> 'D')`;
  expect(unguarded.map(({ name }) => name)).toEqual([]);
});

test.each(['account', 'livemode'] as const)('a row cannot get another %s', async (column) => {
  const { sql } = database;
  const [mine, other] = [await createAccount(sql, { name: 'A' }), await createAccount(sql, { name: 'B' })];
  const id = `prod_${column}`;
  await sql`insert into products (id, account, livemode, created, updated, name) values (${id}, ${mine.account}, false, 1, 1, 'Pro')`;
  const change = column === 'account' ? { account: other.account } : { livemode: true };
  await expect(sql`update products set ${sql(change)} where id = ${id}`).rejects.toThrow('would go to another account or mode');
  await sql`update products set name = 'New' where id = ${id}`;
  expect(await sql`select account, livemode, name from products where id = ${id}`).toEqual([
    { account: mine.account, livemode: false, name: 'New' },
  ]);
});
