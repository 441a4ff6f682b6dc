import { refusalOf, startServer, type TestServer } from '../server';

let server: TestServer;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const { stripe } = server;
  for (const [name, plan] of [
    ['Ada', 'gold'],
    ['Adam', 'silver'],
    ['Eve', undefined],
  ] as const) {
    const email = `${name}@example.com`;
    const { id } = await stripe.customers.create({ name, email, metadata: plan === undefined ? {} : { plan } });
    ids[name] = id;
  }
});
afterAll(() => server.stop());

async function found(query: string): Promise<string[]> {
  const { data } = await server.stripe.customers.search({ query });
  return data.map((customer) => String(customer.name)).sort();
}

test.each([
  ['email:"ada@example.com"', ['Ada']],
  ["name:'eve'", ['Eve']],
  ['name~"ada"', ['Ada', 'Adam']],
  ['metadata["plan"]:"gold"', ['Ada']],
  ['metadata["plan"]:null', ['Eve']],
  ['-metadata["plan"]:null', ['Ada', 'Adam']],
  ['name~"ada" AND -metadata["plan"]:"gold"', ['Adam']],
  ['metadata["plan"]:"gold" OR name:"Eve"', ['Ada', 'Eve']],
  ['created>0 AND created<99999999999', ['Ada', 'Adam', 'Eve']],
  ['created<=0', []],
  [`email:"a' or '1'='1"`, []],
  ['email:"a\\" or"', []],
])('%s finds its objects, at once', async (query, names) => {
  expect(await found(query)).toEqual(names);
});

test.each([
  '',
  'email',
  'email:"a" AND name:"b" OR name:"c"',
  'balance:"1"',
  'email>"a"',
  'created:"x"',
  'name~"ab"',
  'toString:"x"',
  'metadata:"x"',
])('an invalid query is refused: %s', async (query) => {
  expect(await refusalOf(server.stripe.customers.search({ query }))).toMatchObject({ statusCode: 400, param: 'query' });
});

test('pages follow one another, and total_count is shown when expanded', async () => {
  const first = await server.stripe.customers.search({ query: 'created>0', limit: 2, expand: ['total_count'] });
  expect(first).toMatchObject({ object: 'search_result', has_more: true, total_count: 3, url: '/v1/customers/search' });
  const second = await server.stripe.customers.search({ query: 'created>0', limit: 2, page: String(first.next_page) });
  expect(second).toMatchObject({ has_more: false, next_page: null });
  expect(new Set([...first.data, ...second.data].map(({ id }) => id))).toEqual(new Set(Object.values(ids)));
});

test('deleted objects are not found', async () => {
  const { id } = await server.stripe.customers.create({ name: 'Gone' });
  await server.stripe.customers.del(id);
  expect(await found('name:"Gone"')).toEqual([]);
});
