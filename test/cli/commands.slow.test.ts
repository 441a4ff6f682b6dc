/** commands.test.ts has one of each command. */
import { booksBalanceAfterEach } from '../ledger/books';
import { useProduct } from '../support/product';
import { dunlin } from './dunlin';

const product = useProduct();
booksBalanceAfterEach(product);

describe('doctor', () => {
  it('names what is wrong, and what to do', async () => {
    const { sql, account } = product;
    const paused = { processor: 'sandbox', livemode: false, account, status: 'paused', paused_by: 'operator', reason: 'drill' };
    await sql`insert into processor_states ${sql(paused)}`;
    await sql`insert into schema_migrations (name, checksum) values ('9999-future.sql', 'x')`;
    const broken = await dunlin(product, ['doctor', '--json'], { TASK_QUEUE: 'nobody' });
    await sql`delete from schema_migrations where name = '9999-future.sql'`;
    expect(broken.code).toBe(1);
    expect(broken.lines).toContainEqual(
      expect.objectContaining({ about: 'schema', level: 'failed', says: expect.stringContaining('9999') as string }),
    );
    expect(broken.lines).toContainEqual(expect.objectContaining({ about: 'queues', level: 'failed', says: 'No worker serves nobody.' }));
    const stopped = await dunlin(product, ['doctor', '--json'], { DUNLIN_URL: 'http://127.0.0.1:9' });
    await sql`delete from processor_states`;
    expect(stopped.code).toBe(1);
    expect(stopped.lines).toContainEqual(
      expect.objectContaining({
        about: 'processors',
        level: 'failed',
        advice: expect.stringContaining('/v1/processors/sandbox/resume') as string,
      }),
    );
    expect(stopped.lines).toContainEqual(expect.objectContaining({ about: 'server', level: 'failed' }));
  }, 120_000);

  it('says where to look if neither Postgres nor Temporal is there', async () => {
    const { code, lines } = await dunlin(product, ['doctor', '--json'], {
      DATABASE_URL: 'postgres://127.0.0.1:9/none',
      TEMPORAL_ADDRESS: '127.0.0.1:9',
    });
    expect(code).toBe(1);
    const failed = lines.filter(({ level }) => level === 'failed').map(({ about, advice }) => [about, String(advice).split(' ')[1]]);
    expect(failed).toEqual([
      ['database', 'DATABASE_URL'],
      ['temporal', 'TEMPORAL_ADDRESS'],
    ]);
  }, 120_000);
});

test('events can be told from the past, as JSON', async () => {
  const { id } = await product.stripe.customers.create({ name: 'Ann' });
  const { lines } = await dunlin(product, ['events', 'tail', '--last', '1', '--limit', '1', '--types', 'customer.created', '--json']);
  expect(lines).toMatchObject([{ object: 'event', type: 'customer.created', data: { object: { id, name: 'Ann' } } }]);
}, 120_000);
