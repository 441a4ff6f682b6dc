import { expand, type ExpansionLoader, type Json } from '../../server/expansion/expand';

/** What the caller's account holds, and every question that was asked of it. */
function loader(objects: Record<string, Json>, included: Record<string, Record<string, unknown>> = {}) {
  const params: string[] = [];
  const among = <T>(all: Record<string, T>, ids: string[]) => new Map(ids.filter((id) => id in all).map((id) => [id, all[id] as T]));
  const load: ExpansionLoader = {
    permit: () => undefined,
    objects: (kind, ids) => {
      params.push(`${kind} ${ids.join(' ')}`);
      return Promise.resolve(among(objects, ids));
    },
    included: (name, owners) => {
      params.push(`${name} ${owners.join(' ')}`);
      return Promise.resolve(among(included[name] ?? {}, owners));
    },
  };
  return { load, params };
}

const books: Record<string, Json> = {
  cus_1: { id: 'cus_1', object: 'customer', email: 'jo@example.com', invoice_settings: { default_payment_method: 'pm_1' }, discount: null },
  cus_2: { id: 'cus_2', object: 'customer', email: 'al@example.com', invoice_settings: { default_payment_method: null }, discount: null },
  pm_1: { id: 'pm_1', object: 'payment_method', customer: 'cus_1' },
  pi_1: { id: 'pi_1', object: 'payment_intent', customer: 'cus_1', latest_charge: null },
  in_1: { id: 'in_1', object: 'invoice', customer: 'cus_1', lines: { object: 'list', data: [] }, total_taxes: [] },
  prod_1: { id: 'prod_1', object: 'product', name: 'Gold', default_price: null },
  di_1: { id: 'di_1', object: 'discount', source: { type: 'coupon', coupon: 'SPRING' } },
  di_2: { id: 'di_2', object: 'discount', source: { type: 'coupon', coupon: 'SPRING' } },
  'discount#di_1': { id: 'SPRING', object: 'coupon', valid: true },
  'discount#di_2': { id: 'SPRING', object: 'coupon', valid: true },
  re_1: { id: 're_1', object: 'refund', charge: 'ch_1' },
};

const subscription = (change: Json = {}): Json => ({
  id: 'sub_1',
  object: 'subscription',
  customer: 'cus_1',
  latest_invoice: 'in_1',
  schedule: null,
  discounts: ['di_1', 'di_2'],
  items: {
    object: 'list',
    data: [{ id: 'si_1', object: 'subscription_item', price: { id: 'price_1', object: 'price', product: 'prod_1' } }],
  },
  ...change,
});

const refusal = async (object: Json, path: string) =>
  expand(object, [path], loader(books).load).then(
    () => 'expanded',
    (error: unknown) => error,
  );

test('an id is replaced by its object, and the original answer does not change', async () => {
  const rendered = subscription();
  const { load } = loader(books);
  expect(await expand(rendered, ['customer'], load)).toMatchObject({ customer: { email: 'jo@example.com' }, latest_invoice: 'in_1' });
  expect(rendered['customer']).toBe('cus_1');
});

test('every id of an array is replaced by its object; a coupon is asked for by its discount, because a later coupon may have its id', async () => {
  const { load, params } = loader(books);
  expect(await expand(subscription(), ['discounts.source.coupon'], load)).toMatchObject({
    discounts: [{ source: { coupon: { valid: true } } }, { source: { coupon: { valid: true } } }],
  });
  expect(params).toEqual(['discount di_1 di_2', 'coupon discount#di_1 discount#di_2']);
});

test('a page of a list is expanded with one query per kind and level', async () => {
  const { load, params } = loader(books);
  const page = { object: 'list', data: [subscription(), subscription({ id: 'sub_2', customer: 'cus_2' })], has_more: false };
  const paths = ['data.customer.invoice_settings.default_payment_method', 'data.latest_invoice.customer'];
  expect(await expand(page, paths, load)).toMatchObject({
    data: [
      { customer: { invoice_settings: { default_payment_method: { id: 'pm_1' } } }, latest_invoice: { customer: { id: 'cus_1' } } },
      { customer: { email: 'al@example.com', invoice_settings: { default_payment_method: null } } },
    ],
  });
  expect(params.sort()).toEqual(['customer cus_1', 'customer cus_1 cus_2', 'invoice in_1', 'paymentMethod pm_1']);
});

test('an object that is always shown in full can be traversed', async () => {
  expect(await expand(subscription(), ['items.data.price.product'], loader(books).load)).toMatchObject({
    items: { data: [{ price: { product: { name: 'Gold' } } }] },
  });
});

test('the payments of an invoice and its confirmation secret are included when expanded', async () => {
  const { load } = loader(books, {
    'invoice.payments': {
      in_1: { object: 'list', data: [{ object: 'invoice_payment', id: 'inpay_1', payment: { payment_intent: 'pi_1' } }] },
    },
    'invoice.confirmation_secret': { in_1: { type: 'payment_intent', client_secret: 'pi_1_secret_x' } },
  });
  const paths = ['latest_invoice.payments.data.payment.payment_intent', 'latest_invoice.confirmation_secret'];
  expect(await expand(subscription(), paths, load)).toMatchObject({
    latest_invoice: {
      confirmation_secret: { client_secret: 'pi_1_secret_x' },
      payments: { data: [{ payment: { payment_intent: { id: 'pi_1', object: 'payment_intent' } } }] },
    },
  });
});

test('two paths may expand different things in the same object', async () => {
  const { load } = loader(books);
  const invoice = { id: 'in_2', object: 'invoice', customer: 'cus_1', lines: { object: 'list', data: [] } };
  const paymentMethod = { id: 'pm_9', object: 'payment_method', customer: 'cus_1' };
  const [plain, deep] = await Promise.all([
    expand(paymentMethod, ['customer'], load),
    expand(invoice, ['customer', 'customer.invoice_settings.default_payment_method.customer'], load),
  ]);
  expect(plain).toMatchObject({ customer: { invoice_settings: { default_payment_method: 'pm_1' } } });
  expect(deep).toMatchObject({ customer: { invoice_settings: { default_payment_method: { customer: { id: 'cus_1' } } } } });
});

test('the source of a balance transaction has the kind of its id', async () => {
  const { load, params } = loader(books);
  expect(await expand({ id: 'txn_1', object: 'balance_transaction', source: 're_1' }, ['source'], load)).toMatchObject({
    source: { id: 're_1' },
  });
  expect(params).toEqual(['refund re_1']);
});

test('null stays null, and the id of an object that the caller cannot see stays an id', async () => {
  const { load } = loader(books);
  const foreign = subscription({ customer: 'cus_of_another', latest_invoice: null });
  expect(await expand(foreign, ['customer', 'latest_invoice.customer', 'schedule'], load)).toMatchObject({
    customer: 'cus_of_another',
    latest_invoice: null,
    schedule: null,
  });
});

test('a deleted object has nothing to expand', async () => {
  const { load, params } = loader(books);
  await expand({ id: 'cus_9', object: 'customer', deleted: true }, ['subscriptions'], load);
  expect(params).toEqual([]);
});

test.each([
  ['no_such_field'],
  ['metadata'],
  ['status'],
  ['items.data.price.no_such_field'],
  ['items.price'],
  ['latest_invoice.payment_intent'],
  ['data.customer'],
  ['constructor'],
  ['__proto__'],
  [''],
])('a path that does not exist is refused by name: %s', async (path) => {
  expect(await refusal(subscription(), path)).toMatchObject({
    code: 'parameter_invalid',
    message: `This property cannot be expanded (${path}).`,
    details: { param: 'expand' },
  });
});

test('a wrong path behind a null is refused too', async () => {
  expect(await refusal(subscription({ latest_invoice: null }), 'latest_invoice.no_such_field')).toMatchObject({
    code: 'parameter_invalid',
  });
});

test('a list is expanded through its data only', async () => {
  const page = { object: 'list', data: [subscription()] };
  expect(await refusal(page, 'customer')).toMatchObject({ message: 'This property cannot be expanded (customer).' });
  expect(await refusal(page, 'data')).toMatchObject({ message: 'This property cannot be expanded (data).' });
  expect(await refusal({ object: 'list', data: [] }, 'data.customer')).toBe('expanded');
  expect(await refusal({ object: 'list', data: [] }, 'data')).toMatchObject({ code: 'parameter_invalid' });
});

test('at most four levels can be expanded', async () => {
  const four = 'latest_invoice.customer.invoice_settings.default_payment_method';
  expect(await refusal(subscription(), four)).toBe('expanded');
  expect(await refusal(subscription(), `${four}.customer`)).toMatchObject({ code: 'parameter_invalid', details: { param: 'expand' } });
});

test('without paths nothing is queried', async () => {
  const { load, params } = loader(books);
  await expand(subscription(), [], load);
  expect(params).toEqual([]);
});
