import { startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function ask(method: string, path: string, body?: Record<string, string>) {
  const headers = { Authorization: `Bearer ${server.keys.test}` };
  const response = await fetch(`${server.url}${path}`, { method, headers, ...(body && { body: new URLSearchParams(body) }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const IBAN = 'DE02120300000000202051';

test('settings keep what is not named, and an empty value removes one', async () => {
  const nothing = { bank_account: null, contact: null, custom_fields: null, footer: null, memo: null, page_size: 'auto' };
  expect((await ask('GET', '/v1/document_settings')).body).toEqual({ object: 'document_settings', livemode: false, ...nothing });
  await ask('POST', '/v1/document_settings', { 'contact[name]': 'Ada', footer: 'Thank you', memo: 'Hello', page_size: 'letter' });
  const { body } = await ask('POST', '/v1/document_settings', { 'bank_account[iban]': IBAN, footer: '' });
  expect(body).toEqual({
    ...{ object: 'document_settings', livemode: false, custom_fields: null, footer: null, memo: 'Hello', page_size: 'letter' },
    ...{ contact: { name: 'Ada', email: null, phone: null }, bank_account: { iban: IBAN, bic: null } },
  });
  expect((await ask('GET', '/v1/document_settings')).body).toEqual(body);
});

test.each([
  ['bank_account[iban]', 'DE03120300000000202051'],
  ['bank_account[iban]', 'DE02 1203 0000 0000 2020 51'],
  ['bank_account[bic]', 'x'],
  ['contact[email]', 'nobody'],
  ['page_size', 'a3'],
])('%s is refused as %s, and changes nothing', async (param, value) => {
  const before = (await ask('GET', '/v1/document_settings')).body;
  const refused = await ask('POST', '/v1/document_settings', { 'bank_account[iban]': IBAN, memo: 'New', [param]: value });
  expect(refused).toMatchObject({ status: 400, body: { error: { param } } });
  expect((await ask('GET', '/v1/document_settings')).body).toEqual(before);
});
