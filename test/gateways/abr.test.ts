import { createAbr } from '../../gateways/abr';
import { RegistryUnavailable } from '../../gateways/tax-id-registry';
import { startHttpFake, type HttpFake } from '../../scripts/http-fake';

const GUID = '62b9db95-297e-49e0-8635-c42ca2518af3';
const ACTIVE = {
  ...{ Abn: '51824753556', AbnStatus: 'Active', EntityName: 'ALPHA CIVIL PTY LTD', Gst: '2000-07-01' },
  ...{ AddressState: 'ACT', AddressPostcode: '2601', Message: '' },
};
/** As the register answers about a number that it does not have, or a GUID that it does not know: HTTP 200 and a message. */
const nothing = (message: string) => ({ Abn: '', AbnStatus: '', EntityName: '', AddressState: '', AddressPostcode: '', Message: message });

let abr: HttpFake;
let body: string;
beforeAll(async () => {
  abr = await startHttpFake(() => ({ body }));
});
afterAll(() => abr.stop());

const check = (answer: object | string) => {
  body = typeof answer === 'string' ? answer : `callback(${JSON.stringify(answer)})`;
  return createAbr({ guid: GUID, url: abr.url }).check({ type: 'au_abn', value: '51 824 753 556', requester: null });
};

test('an active ABN has its holder, and is asked for by its digits under the GUID', async () => {
  expect(await check(ACTIVE)).toEqual({ isValid: true, reference: null, name: 'ALPHA CIVIL PTY LTD', address: 'ACT 2601' });
  expect(abr.asked.at(-1)?.url).toBe(`/AbnDetails.aspx?abn=51824753556&callback=callback&guid=${GUID}`);
});

test('a canceled ABN is not valid any more, and neither is one that the register does not have', async () => {
  expect(await check({ ...ACTIVE, AbnStatus: 'Cancelled' })).toMatchObject({ isValid: false, name: 'ALPHA CIVIL PTY LTD' });
  for (const message of ['Search text is not a valid ABN or ACN', 'No record found'])
    expect(await check(nothing(message))).toEqual({ isValid: false, reference: null, name: null, address: null });
});

test('a wrong GUID, an answer of another form and an outage say nothing about the number', async () => {
  await expect(check(nothing('The GUID entered is not recognised as a Registered Party'))).rejects.toThrow(RegistryUnavailable);
  await expect(check('<html>busy</html>')).rejects.toThrow(RegistryUnavailable);
  const nobody = createAbr({ guid: GUID, url: 'http://127.0.0.1:9' });
  await expect(nobody.check({ type: 'au_abn', value: '51824753556', requester: null })).rejects.toThrow(RegistryUnavailable);
});
