/** Invoice numbers that the seller sets: each is on one invoice only, and automatic numbers have no gap besides them. */
import { customerWith } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const taken = { code: 'resource_already_exists', statusCode: 400, param: 'number' };

async function draft(number?: string): Promise<string> {
  const { customer } = await customerWith(stripe, null);
  return draftOf(customer, number);
}

async function draftOf(customer: string, number?: string): Promise<string> {
  const { id } = await stripe.invoices.create({ customer, auto_advance: false, ...(number !== undefined && { number }) });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 500, currency: 'usd' });
  return id;
}

const finalNumber = async (id: string) => (await stripe.invoices.finalizeInvoice(id)).number;

test('a draft keeps the number that it was given; an empty number leaves it to the sequence', async () => {
  await product.post('/v1/account_settings', { invoices: { numbering: 'account', prefix: 'OWN' } });
  const id = await draft('2026/R-17');
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'draft', number: '2026/R-17' });
  expect(await finalNumber(id)).toBe('2026/R-17');
  const changed = await draft('2026/R-18');
  await stripe.invoices.update(changed, { number: '2026/R-19' });
  await stripe.invoices.update(changed, { number: '2026/R-19' });
  await stripe.invoices.update(changed, { number: '' });
  expect(await finalNumber(changed)).toBe('OWN-0001');
});

test('a number that another invoice has is refused, also if that one is void; a deleted draft gives its number back', async () => {
  const first = await draft('A-1');
  await expect(draft('A-1')).rejects.toMatchObject(taken);
  await stripe.invoices.finalizeInvoice(first);
  await stripe.invoices.voidInvoice(first);
  const second = await draft();
  await expect(stripe.invoices.update(second, { number: 'A-1' })).rejects.toMatchObject(taken);
  expect(await stripe.invoices.retrieve(second)).toMatchObject({ status: 'draft', number: null });
  await stripe.invoices.del(await draft('A-2'));
  expect(await finalNumber(await draft('A-2'))).toBe('A-2');
});

test('a final invoice keeps its number, and a number has at most 26 characters of one line', async () => {
  const id = await draft();
  await expect(stripe.invoices.update(id, { number: 'x'.repeat(27) })).rejects.toMatchObject({ statusCode: 400, param: 'number' });
  await expect(stripe.invoices.update(id, { number: 'a\nb' })).rejects.toMatchObject({ statusCode: 400, param: 'number' });
  await stripe.invoices.finalizeInvoice(id);
  await expect(stripe.invoices.update(id, { number: 'B-1' })).rejects.toMatchObject({ code: 'invoice_not_editable', param: 'number' });
});

test.each(['account', 'customer'] as const)(
  'automatic numbers per %s leave out the numbers that are taken, and no other',
  async (numbering) => {
    await product.post('/v1/account_settings', { invoices: { numbering, prefix: 'SEQ' } });
    const { customer } = await customerWith(stripe, null);
    const first = String(await finalNumber(await draftOf(customer)));
    const [prefix = '', from = ''] = first.split('-');
    const numbered = (ahead: number) => `${prefix}-${String(Number(from) + ahead).padStart(4, '0')}`;
    for (const ahead of [1, 2, 4]) await draft(numbered(ahead));
    const numbers = [];
    for (let invoice = 0; invoice < 3; invoice++) numbers.push(await finalNumber(await draftOf(customer)));
    expect(numbers).toEqual([numbered(3), numbered(5), numbered(6)]);
  },
);

test('of two invoices that get one number at the same time, one has it and the other is refused', async () => {
  const drafts = await Promise.all([draft(), draft(), draft()]);
  const tries = await Promise.allSettled(drafts.map((id) => stripe.invoices.update(id, { number: 'RACE-1' })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const tried of tries) if (tried.status === 'rejected') expect(tried.reason).toMatchObject(taken);
  expect(await product.sql`select subject from held`).toEqual([]);
});
