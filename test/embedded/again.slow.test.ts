import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../db/connect';
import { cleanUp, readableByOthers, start, temporaryFolder } from './launcher';

jest.setTimeout(240_000);

afterEach(cleanUp);

/** start.test.ts has one start. */
test('the next start finds the data and the keys, also after an earlier version and a power cut', async () => {
  const data = temporaryFolder();
  const first = start(data);
  const running = await first.ready();
  const sql = connect(running.databaseUrl, { max: 1 });
  await sql`create table kept (amount_minor int8)`;
  await sql`insert into kept values (7)`;
  await sql.end();
  first.process.kill('SIGINT');
  expect(await first.ended()).toBe(0);

  // As an earlier version left it.
  chmodSync(join(data, 'temporal.db'), 0o644);
  // As after a power cut: half an initdb, and a postmaster.pid whose number another process has now.
  mkdirSync(join(data, 'postgres', 'unfinished-1'));
  writeFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), `${process.pid}\n/nowhere\n`);
  const again = await start(data).ready();
  expect(again.apiKey).toBe(running.apiKey);
  expect(readableByOthers(data)).toEqual([]);
  const kept = connect(again.databaseUrl, { max: 1 });
  expect(await kept`select amount_minor from kept`).toEqual([{ amountMinor: 7 }]);
  await kept.end();
});
