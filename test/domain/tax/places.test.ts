import { areaOf, placeOf } from '../../../domain/tax/places';

const at = (country: string, postal_code: string | null = null, state: string | null = null) => placeOf({ country, postal_code, state });

test.each<[string, string | null, string | null, string]>([
  ['DE', null, null, 'DE'],
  ['de', '10115', null, 'DE'],
  ['DE', '78266', null, 'DE-BUE'],
  ['DE', '27498', null, 'DE-HEL'],
  ['ES', '28001', null, 'ES'],
  ['ES', '35001', null, 'ES-CN'],
  ['ES', '38670', null, 'ES-CN'],
  ['ES', null, 'Canarias', 'ES-CN'],
  ['ES', '51001', null, 'ES-CE'],
  ['ES', '52001', null, 'ES-ML'],
  ['PT', '9500-123', null, 'PT-20'],
  ['PT', '9000-001', null, 'PT-30'],
  ['PT', '1000-001', null, 'PT'],
  ['FR', '97110', null, 'GP'],
  ['GP', null, null, 'GP'],
  ['FR', '98000', null, 'MC'],
  ['MC', null, null, 'MC'],
  ['AT', '6691', null, 'AT-JM'],
  ['AT', '6992', null, 'AT-JM'],
  ['FI', '22100', null, 'FI-01'],
  ['GR', '63086', null, 'GR-69'],
  ['IT', '23041', null, 'IT-LIV'],
  ['IT', '00120', null, 'VA'],
  ['GB', 'IM1 1AA', null, 'IM'],
  ['IM', null, null, 'IM'],
  ['GB', 'BT1 1AA', null, 'GB'],
  ['GB', 'JE2 3AB', null, 'JE'],
  ['US', '10001', null, 'US-NY'],
  ['US', '94105-1234', 'CA', 'US-CA'],
  ['US', '09012', 'AE', 'US-MIL'],
  ['US', '96201', null, 'US-MIL'],
  ['US', '73301', null, 'US-TX'],
  ['CA', 'H2Y 1C6', null, 'CA-QC'],
  ['CA', null, 'ON', 'CA-ON'],
  ['CA', null, 'British Columbia', 'CA-BC'],
  ['CA', 'X0A 0H0', null, 'CA-NU'],
  ['IN', '560001', null, 'IN'],
  ['IN', null, 'KA', 'IN'],
])('%s %s %s lies in %s', (country, postalCode, state, place) => {
  expect(at(country, postalCode, state)?.id).toBe(place);
});

test.each<[string, string, string | null, string | null]>([
  ['no country', '', null, null],
  ['a country by name', 'Germany', null, null],
  ['the United States without a ZIP code', 'US', null, 'NY'],
  ['a ZIP code of four digits', 'US', '1001', null],
  ['a ZIP code of another state', 'US', '10001', 'CA'],
  ['Canada alone', 'CA', null, null],
  ['a postal code of another province', 'CA', 'H2Y 1C6', 'ON'],
  ['India alone', 'IN', null, null],
  ['two territories', 'ES', '35001', 'Ceuta'],
])('%s is not enough', (_what, country, postalCode, state) => {
  expect(at(country, postalCode, state)).toBeNull();
});

test('a territory belongs to the area of its country, to the Union, or to none', () => {
  const seen = (country: string) => {
    const place = at(country) ?? { id: '', country, state: null, member: null, isInUnion: false };
    return [areaOf(place), place.member, place.isInUnion];
  };
  expect(seen('IM')).toEqual(['GB', null, false]);
  expect(seen('LI')).toEqual(['CH', null, false]);
  expect(seen('MC')).toEqual(['FR', 'FR', true]);
  expect(seen('RE')).toEqual(['FR', 'FR', false]);
  expect(seen('GF')).toEqual(['GF', null, false]);
  expect(at('PT', '9500')).toMatchObject({ country: 'PT', state: '20', member: 'PT', isInUnion: true });
  expect(at('ES', '35001')).toMatchObject({ country: 'ES', state: 'CN', member: null, isInUnion: false });
});
