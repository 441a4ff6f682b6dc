import fc from 'fast-check';
import { maskedTaxId, placeOnly } from '../../../domain/copy/people';
import { copied, follow } from '../../../domain/copy/references';

describe('references of copied rows', () => {
  test('every id is replaced wherever it is, also within other ids, and everything else stays', () => {
    const ids = new Map([
      ['in_1', 'in_a'],
      ['pi_1', 'pi_a'],
    ]);
    const row = {
      id: 'in_1',
      attempt: 'pi_1/attempt-2',
      list: [{ invoice: 'in_1', amount: 5 }, null],
      workflow: 'invoice/in_1',
      text: 'in_10',
    };
    expect(follow(row, ids)).toEqual({
      ...{ id: 'in_a', attempt: 'pi_a/attempt-2', list: [{ invoice: 'in_a', amount: 5 }, null], workflow: 'invoice/in_a', text: 'in_10' },
    });
    expect([copied('in_1', ids), copied('in_2', ids), copied(null, ids)]).toEqual(['in_1', null, null]);
  });

  test('a row without copied ids is unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(follow(value, new Map())).toEqual(value);
      }),
    );
  });
});

describe('what is left of a person', () => {
  test('a tax id keeps the letters of its country, and no other letter or digit', () => {
    expect(maskedTaxId('DE123456789')).toBe('DE000000000');
    expect(maskedTaxId('ATU12.345-678')).toBe('AT000.000-000');
  });

  test('an address keeps its country, state and postal code', () => {
    const address = { city: 'Berlin', country: 'DE', line1: 'Street 1', line2: 'left', postal_code: '10115', state: 'BE' };
    expect(placeOnly(address)).toEqual({ city: null, country: 'DE', line1: null, line2: null, postal_code: '10115', state: 'BE' });
    expect(placeOnly(null)).toBeNull();
  });
});
