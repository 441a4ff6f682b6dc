import { createVies } from '../../gateways/vies';
import { RegistryUnavailable } from '../../gateways/tax-id-registry';
import { errorWith, INVALID, startVies, VALID, type ViesFake } from '../support/vies';

let vies: ViesFake;
beforeAll(async () => {
  vies = await startVies();
});
afterAll(() => vies.stop());
beforeEach(() => {
  vies.asked.length = 0;
});

const check = (value: string, requester: string | null = null) => createVies(vies.url).check({ type: 'eu_vat', value, requester });

test('a valid number has its holder, and with a requester the reference of the answer', async () => {
  vies.answer = { ...VALID, requestIdentifier: 'WAPIAAAAX1' };
  expect(await check('de 123.456-789', 'EL 987654321')).toEqual({
    ...{ isValid: true, reference: 'WAPIAAAAX1', name: 'Ada GmbH', address: 'Unter den Linden 1\n10117 Berlin' },
  });
  expect(vies.asked).toEqual([{ countryCode: 'DE', vatNumber: '123456789', requesterMemberStateCode: 'EL', requesterNumber: '987654321' }]);
});

test('what a member state does not disclose is absent, and a number that VIES does not know, or cannot read, is invalid', async () => {
  vies.answer = { ...VALID, name: '---', address: '---' };
  expect(await check('DE123456789')).toEqual({ isValid: true, reference: null, name: null, address: null });
  for (const answer of [INVALID, errorWith('INVALID_INPUT')]) {
    vies.answer = answer;
    expect(await check('DE123456789')).toEqual({ isValid: false, reference: null, name: null, address: null });
  }
});

test('a requester that VIES does not know does not make the customer invalid: it is asked without one', async () => {
  vies.answer = { ...VALID, unknownRequester: true };
  expect(await check('DE123456789', 'DE000000001')).toMatchObject({ isValid: true, reference: null });
  expect(vies.asked).toHaveLength(2);
});

test.each(['MS_UNAVAILABLE', 'TIMEOUT', 'MS_MAX_CONCURRENT_REQ', 'GLOBAL_MAX_CONCURRENT_REQ', 'SERVICE_UNAVAILABLE'])(
  '%s is an outage, and says nothing about the number',
  async (error) => {
    vies.answer = errorWith(error);
    await expect(check('DE123456789')).rejects.toThrow(RegistryUnavailable);
  },
);

test('an answer without a yes or no, or no answer at all, is an outage, too', async () => {
  vies.answer = {};
  await expect(check('DE123456789')).rejects.toThrow(RegistryUnavailable);
  await expect(createVies('http://127.0.0.1:9').check({ type: 'eu_vat', value: 'DE123456789', requester: null })).rejects.toThrow(
    RegistryUnavailable,
  );
});
