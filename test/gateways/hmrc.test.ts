import { createHmrc } from '../../gateways/hmrc';
import { RegistryUnavailable } from '../../gateways/tax-id-registry';
import { startHttpFake, type HttpFake } from '../../scripts/http-fake';

const TOKEN = { access_token: 'token_1', expires_in: 14_400, token_type: 'bearer' };
const ADDRESS = { line1: '131B Barton Hamlet', postcode: 'SW97 5CK', countryCode: 'GB' };
const FOUND = { target: { name: 'Credite Sberger Donal Inc.', vatNumber: '553557881', address: ADDRESS } };
const NOT_FOUND = { code: 'NOT_FOUND', message: 'targetVrn does not match a registered company' };

let hmrc: HttpFake;
let token: { status?: number; body: object };
let look: (path: string) => { status?: number; body: object };
beforeAll(async () => {
  hmrc = await startHttpFake(({ url }) => {
    const { body, ...status } = url === '/oauth/token' ? token : look(url.replace('/organisations/vat/check-vat-number/lookup/', ''));
    return { ...status, body: JSON.stringify(body) };
  });
});
afterAll(() => hmrc.stop());
beforeEach(() => {
  hmrc.asked.length = 0;
  token = { body: TOKEN };
  look = () => ({ body: FOUND });
});

const registry = () => createHmrc({ clientId: 'client', clientSecret: 'secret', url: hmrc.url });
const check = (value: string, requester: string | null = null) => registry().check({ type: 'gb_vat', value, requester });

test('a registered number has its holder; the application is known by its token, which is asked for once', async () => {
  const one = registry();
  const answer = { isValid: true, reference: null, name: 'Credite Sberger Donal Inc.', address: '131B Barton Hamlet\nSW97 5CK' };
  expect(await one.check({ type: 'gb_vat', value: 'GB 553 5578 81', requester: null })).toEqual(answer);
  expect(await one.check({ type: 'gb_vat', value: 'GB553557881', requester: null })).toEqual(answer);
  expect(hmrc.asked.map(({ method, url }) => `${String(method)} ${url}`)).toEqual([
    'POST /oauth/token',
    'GET /organisations/vat/check-vat-number/lookup/553557881',
    'GET /organisations/vat/check-vat-number/lookup/553557881',
  ]);
  expect(Object.fromEntries(new URLSearchParams(hmrc.asked[0]?.body))).toEqual({
    ...{ grant_type: 'client_credentials', client_id: 'client', client_secret: 'secret', scope: 'read:vat' },
  });
  expect(hmrc.asked[1]?.headers).toMatchObject({ authorization: 'Bearer token_1', accept: 'application/vnd.hmrc.2.0+json' });
});

test('with the seller’s own number the answer has a consultation number; a seller that HMRC does not know gets one without', async () => {
  look = (path) => ({ body: path === '553557881/146295999727' ? { ...FOUND, consultationNumber: 'ypAeKRPlW' } : {} });
  expect(await check('GB553557881', 'GB146295999727')).toMatchObject({ isValid: true, reference: 'ypAeKRPlW' });
  look = (path) => (path.includes('/') ? { status: 403, body: { code: 'INVALID_REQUEST' } } : { body: FOUND });
  expect(await check('GB553557881', 'GB146295999')).toMatchObject({ isValid: true, reference: null });
});

test('a number without a company is invalid', async () => {
  look = () => ({ status: 404, body: NOT_FOUND });
  expect(await check('GB553557882')).toEqual({ isValid: false, reference: null, name: null, address: null });
});

test.each([
  ['an outage', 500, { code: 'INTERNAL_SERVER_ERROR' }],
  ['too many questions', 429, { code: 'MESSAGE_THROTTLED_OUT' }],
  ['a token that is not accepted', 401, { code: 'INVALID_CREDENTIALS' }],
  ['an API that is not there', 404, { code: 'MATCHING_RESOURCE_NOT_FOUND' }],
])('%s says nothing about the number', async (_case, status, body) => {
  look = () => ({ status, body });
  await expect(check('GB553557881')).rejects.toThrow(RegistryUnavailable);
});

test('without a token, for a number of a government department, and while nothing answers, HMRC has not answered', async () => {
  token = { status: 401, body: { error: 'invalid_client' } };
  await expect(check('GB553557881')).rejects.toThrow(RegistryUnavailable);
  await expect(check('GBGD001')).rejects.toThrow(RegistryUnavailable);
  const nobody = createHmrc({ clientId: 'client', clientSecret: 'secret', url: 'http://127.0.0.1:9' });
  await expect(nobody.check({ type: 'gb_vat', value: 'GB553557881', requester: null })).rejects.toThrow(RegistryUnavailable);
});
