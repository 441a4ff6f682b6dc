import * as fc from 'fast-check';
import { earnedBy } from '../../domain/invoice/revenue-recognition';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
}, 60_000);
afterAll(() => database.drop());

test('Postgres and the planners say the same of what a schedule has earned, to the minor unit', async () => {
  const schedule = fc
    .record({
      amount: fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 }).filter((amount) => amount !== 0),
      startsAt: fc.integer({ min: 0, max: 4_000_000_000 }),
      length: fc.integer({ min: 1, max: 100_000_000 }),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      at: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
    })
    .map(({ amount, startsAt, length, from, at }) => ({
      ...{ amount, startsAt, endsAt: startsAt + length },
      ...{ countsFrom: startsAt + Math.floor(length * from), at: startsAt + Math.floor(length * at) },
    }));
  const cases = fc.sample(schedule, 2_000);
  const rows = await database.sql<{ earned: number }[]>`
    select case when c.at < c.counts_from then 0 else revenue_share(c.amount, c.starts_at, c.ends_at, c.at)
      - revenue_share(c.amount, c.starts_at, c.ends_at, c.counts_from) end as earned
    from jsonb_to_recordset(${database.sql.json(
      cases.map(({ amount, startsAt, endsAt, countsFrom, at }) => ({
        amount,
        starts_at: startsAt,
        ends_at: endsAt,
        counts_from: countsFrom,
        at,
      })),
    )}) as c(amount bigint, starts_at bigint, ends_at bigint, counts_from bigint, at bigint)`;
  expect(rows.map(({ earned }) => earned)).toEqual(cases.map(({ at, ...of }) => earnedBy(of, at)));
});
