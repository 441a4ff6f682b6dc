import { booksBalanceAfterEach } from '../ledger/books';
import { refusal } from '../support/builders';
import { useProduct } from '../support/product';

/** Our books against the processor's record. The record is the sandbox's memory, in which a test writes what we do not know. */
const product = useProduct();
booksBalanceAfterEach(product);

const { stripe } = product;
const today = (): string => new Date().toISOString().slice(0, 10);

const compare = () => product.post('/v1/reconciliations', { processor: 'sandbox', day: today() });

async function open(): Promise<Record<string, unknown>[]> {
  const { data } = (await product.get('/v1/reconciliation_differences?state=open&limit=100')) as { data: Record<string, unknown>[] };
  return data;
}

async function pay(amount: number, change = {}): Promise<{ intent: string; charge: string }> {
  const params = { amount, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, ...change };
  const { id, latest_charge: charge } = await stripe.paymentIntents.create(params);
  return { intent: id, charge: charge as string };
}

test('a day of charges, captures and refunds is the same at the processor', async () => {
  await pay(1900);
  const { intent } = await pay(2500, { capture_method: 'manual' });
  await stripe.paymentIntents.capture(intent, { amount_to_capture: 1500 });
  const refunded = await pay(3000);
  await stripe.refunds.create({ payment_intent: refunded.intent, amount: 700 });
  await pay(900, { capture_method: 'manual' });
  expect(await compare()).toMatchObject({ object: 'reconciliation', status: 'done', source: 'processor', compared: 4, differences: 0 });
  expect(await open()).toEqual([]);
});

test('each difference is a row with its kind, once, and is resolved when it is gone', async () => {
  const { sql, account } = product;
  const [changed, lost] = [await pay(4100), await pay(4200)];
  await sql`update sandbox_operations set amount = 4101 where key = ${`${changed.intent}/attempt-1`}`;
  const [gone] = await sql`delete from sandbox_operations where key = ${`${lost.intent}/attempt-1`} returning *`;
  await sql`
    insert into sandbox_operations (key, account, livemode, processor, kind, amount, currency, card, answer)
    values ('pi_nobody/attempt-1', ${account}, false, 'sandbox', 'charge', 4300, 'usd', 'visa', '{"outcome": "succeeded", "captured": true}')`;
  expect(await compare()).toMatchObject({ differences: 3 });
  expect(await compare()).toMatchObject({ differences: 3 });
  const found = await open();
  expect(found.map(({ kind, about_id: object }) => [kind, object]).toSorted()).toEqual(
    [
      ['amount', changed.charge],
      ['missing_here', null],
      ['missing_there', lost.charge],
    ].toSorted(),
  );
  const amount = found.find(({ kind }) => kind === 'amount');
  expect(amount).toMatchObject({ ours: { amount: 4100 }, theirs: { amount: 4101 }, state: 'open', owner: null });
  const path = `/v1/reconciliation_differences/${String(amount?.['id'])}`;
  expect(await product.post(path, { owner: 'finance', note: 'One cent', state: 'accepted' })).toMatchObject({
    owner: 'finance',
    state: 'accepted',
  });
  await sql`delete from sandbox_operations where key = 'pi_nobody/attempt-1'`;
  await sql`insert into sandbox_operations ${sql(gone as Record<string, never>)}`;
  expect(await compare()).toMatchObject({ differences: 1 });
  expect(await open()).toEqual([]);
  const { data } = (await product.get('/v1/reconciliation_differences?state=accepted')) as { data: object[] };
  expect(data).toMatchObject([{ kind: 'amount', note: 'One cent' }]);
  await sql`update sandbox_operations set amount = 4100 where key = ${`${changed.intent}/attempt-1`}`;
});

test('our record of a day can be downloaded, and a processor’s file uploaded', async () => {
  const { intent } = await pay(5100);
  const path = `/v1/settlement_files?processor=sandbox&day=${today()}`;
  const { csv } = (await product.get(path)) as { csv: string };
  expect(csv.split('\n')[0]).toBe('kind,reference,amount,currency,status,fee,at');
  const upload = (text: string) => product.post('/v1/settlement_files', { processor: 'sandbox', day: today(), csv: text });
  expect(await upload(csv)).toMatchObject({ source: 'file', status: 'done', differences: 0 });
  const wrong = csv.replace(`${intent}/attempt-1,5100`, `${intent}/attempt-1,5000`);
  expect(await upload(wrong)).toMatchObject({ differences: 1 });
  expect(await open()).toMatchObject([{ kind: 'amount', ours: { amount: 5100 }, theirs: { amount: 5000 } }]);
  expect(await upload(csv)).toMatchObject({ differences: 0 });
  expect(await open()).toEqual([]);
  const broken = csv.replace(',5100,', ',51.00,');
  expect(await refusal(upload(broken))).toMatchObject({ param: 'csv' });
  expect(await refusal(product.post('/v1/reconciliations', { processor: 'sandbox', day: '2026-02-30' }))).toMatchObject({ param: 'day' });
  const { data } = (await product.get('/v1/reconciliations?limit=3')) as { data: object[] };
  expect(data).toMatchObject([{ source: 'file' }, { source: 'file' }, { source: 'file' }]);
});

test('a file without rows changes nothing, unless it is said that the processor moved nothing', async () => {
  await pay(5200);
  const csv = 'kind,reference,amount,currency,status,fee,at';
  const upload = (change: object) => product.post('/v1/settlement_files', { processor: 'sandbox', day: today(), csv, ...change });
  const before = await open();
  expect(await refusal(upload({}))).toMatchObject({ param: 'empty', code: 'parameter_missing' });
  expect(await open()).toEqual(before);
  const row = `${csv}\ncharge,pi_1/attempt-1,100,usd,succeeded,,1`;
  expect(await refusal(upload({ empty: true, csv: row }))).toMatchObject({ param: 'empty' });
  await upload({ empty: true });
  expect((await open()).map(({ kind }) => kind)).toContain('missing_there');
  await compare();
  expect(await open()).toEqual(before);
});

test('a whole day of which we know nothing is compared at once', async () => {
  const at = Math.floor(Date.now() / 1000);
  const rows = Array.from({ length: 12_000 }, (_, index) => `charge,pi_far${String(index)}/attempt-1,1000,usd,succeeded,59,${String(at)}`);
  const upload = (lines: string[]) =>
    product.post('/v1/settlement_files', {
      ...{ processor: 'sandbox', day: today(), csv: ['kind,reference,amount,currency,status,fee,at', ...lines].join('\n') },
      empty: lines.length === 0,
    }) as Promise<unknown> as Promise<{ compared: number; differences: number }>;
  const own = (await upload([])).differences;
  const began = performance.now();
  expect(await upload(rows)).toMatchObject({ compared: 12_000, differences: 12_000 + own });
  expect(performance.now() - began).toBeLessThan(10_000);
  const [unknown] = await open();
  expect(unknown).toMatchObject({ kind: 'missing_here', ours: null, about_id: null, theirs: { amount: 1000, fee: 59 } });
  expect(await upload([])).toMatchObject({ differences: own });
});
