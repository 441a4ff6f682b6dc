import { countryOfTaxId, type TaxId } from '../../../domain/rows/tax-id';
import { at } from '../builders';
import { buyer, ELECTRONIC, on10000, registration, SAAS_PERSONAL, seller } from './world';

const id = (type: TaxId['type'], value: string) => ({ taxIds: [{ type, country: countryOfTaxId({ type, value }) }] });
const FRENCH = id('eu_vat', 'FRAB123456789');
const german = seller('DE 10115', 'DE standard', 'DE oss_union');

describe('a German seller with a registration at home and the One Stop Shop', () => {
  test.each([
    ['a German consumer', 'DE 10115', ['standard_rated 19 1900']],
    ['a French consumer', 'FR', ['standard_rated 20 2000']],
    ['a consumer on Madeira', 'PT 9000-001', ['standard_rated 22 2200']],
    ['a consumer on the Azores', 'PT 9500-123', ['standard_rated 16 1600']],
    ['a consumer in Jungholz', 'AT 6691', ['standard_rated 19 1900']],
    ['a consumer on Réunion, where the One Stop Shop does not reach', 'RE', ['not_collecting - 0']],
    ['a consumer in Monaco, which counts as France', 'MC', ['standard_rated 20 2000']],
    ['a consumer in Monaco by its French postal code', 'FR 98000', ['standard_rated 20 2000']],
    ['a consumer in Büsingen', 'DE 78266', ['not_subject_to_tax - 0']],
    ['a consumer on the Canary Islands', 'ES 35001', ['not_collecting - 0']],
    ['a consumer in Ceuta', 'ES 51001', ['not_supported - 0']],
    ['a consumer in Britain, without a registration there', 'GB', ['not_collecting - 0']],
    ['a consumer in Hong Kong', 'HK', ['not_subject_to_tax - 0']],
    ['a consumer in Brazil', 'BR', ['not_supported - 0']],
  ])('%s', (_who, where, taxes) => {
    expect(on10000(german, buyer(where))).toEqual(taxes);
  });

  it('a business in another member state accounts for the tax itself; one at home does not', () => {
    expect(on10000(german, buyer('FR', FRENCH))).toEqual(['reverse_charge 20 0']);
    expect(on10000(german, buyer('DE', id('eu_vat', 'DE123456789')))).toEqual(['standard_rated 19 1900']);
  });

  it('a number that does not show a registration for the tax changes nothing', () => {
    expect(on10000(german, buyer('FR', id('us_ein', '12-3456789')))).toEqual(['standard_rated 20 2000']);
    expect(on10000(german, buyer('FR', id('eu_vat', 'XI123456789')))).toEqual(['standard_rated 20 2000']);
  });

  it('an exempt customer pays none, and a customer marked reverse neither', () => {
    expect(on10000(german, buyer('FR', { taxExempt: 'exempt' }))).toEqual(['customer_exempt 20 0']);
    expect(on10000(german, buyer('DE', { taxExempt: 'reverse' }))).toEqual(['reverse_charge 19 0']);
  });

  it('the rate is that of the instant', () => {
    expect(on10000(german, buyer('EE'), {}, at('2025-06-30T20:59:59Z'))).toEqual(['standard_rated 22 2200']);
    expect(on10000(german, buyer('EE'), {}, at('2025-06-30T21:00:00Z'))).toEqual(['standard_rated 24 2400']);
  });
});

describe('other registrations in the Union', () => {
  it('the One Stop Shop alone does not cover sales at home', () => {
    expect(on10000(seller('DE', 'DE oss_union'), buyer('DE'))).toEqual(['not_collecting - 0']);
  });

  it('a registration at home alone does not cover consumers elsewhere, but businesses there are reverse-charged', () => {
    const domestic = seller('DE', 'DE standard');
    expect(on10000(domestic, buyer('FR'))).toEqual(['not_collecting - 0']);
    expect(on10000(domestic, buyer('FR', FRENCH))).toEqual(['reverse_charge - 0']);
  });

  it('below 10,000 EUR a year, a small seller collects the tax of its own state', () => {
    const small = seller('DE', 'DE standard small_seller');
    expect(on10000(small, buyer('FR'))).toEqual(['standard_rated 19 1900']);
    expect(on10000(small, buyer('DE'))).toEqual(['standard_rated 19 1900']);
    expect(on10000(small, buyer('FR', FRENCH))).toEqual(['reverse_charge 20 0']);
    expect(on10000(small, buyer('MC'))).toEqual(['standard_rated 19 1900']);
    expect(on10000(small, buyer('RE'))).toEqual(['not_collecting - 0']);
  });

  it('a seller from outside uses the non-Union scheme, for all members; the Union’s own is not for it', () => {
    expect(on10000(seller('US 10001', 'IE oss_non_union'), buyer('IE'))).toEqual(['standard_rated 23 2300']);
    expect(on10000(seller('US 10001', 'IE oss_non_union'), buyer('MC'))).toEqual(['standard_rated 20 2000']);
    expect(on10000(seller('US 10001', 'IE oss_union'), buyer('FR'))).toEqual(['not_collecting - 0']);
  });

  it('a registration in the other member state covers sales there, and French Antilles under a French one', () => {
    expect(on10000(seller('DE', 'FR standard'), buyer('FR'))).toEqual(['standard_rated 20 2000']);
    expect(on10000(seller('DE', 'FR standard'), buyer('GP'))).toEqual(['standard_rated 8.5 850']);
    expect(on10000(seller('DE', 'FR standard'), buyer('MC'))).toEqual(['standard_rated 20 2000']);
  });

  it('a seller in Monaco is one in France, and one in France sells to Monaco at home', () => {
    const [monegasque, french] = ['MC', 'FR'].map((home) => seller(home, 'FR oss_union'));
    expect(monegasque && on10000(monegasque, buyer('DE'))).toEqual(['standard_rated 19 1900']);
    for (const each of [monegasque, french]) expect(each && on10000(each, buyer('MC'))).toEqual(['not_collecting - 0']);
    expect(on10000(seller('DE', 'DE oss_union'), buyer('MC', FRENCH))).toEqual(['reverse_charge 20 0']);
  });

  it('one for goods from abroad covers no services; IGIC covers the Canary Islands only', () => {
    expect(on10000(seller('DE', 'FR standard inbound_goods'), buyer('FR'))).toEqual(['not_collecting - 0']);
    expect(on10000(seller('DE', 'ES igic'), buyer('ES 35001'))).toEqual(['standard_rated 7 700']);
    expect(on10000(seller('DE', 'ES igic'), buyer('ES 28001'))).toEqual(['not_collecting - 0']);
  });
});

describe('elsewhere', () => {
  test.each([
    ['GB', 'GB standard', 'standard_rated 20 2000', 'gb_vat', 'GB123456789', 'reverse_charge 20 0'],
    ['IM', 'GB standard', 'standard_rated 20 2000', 'gb_vat', 'GB123456789', 'reverse_charge 20 0'],
    ['CH', 'CH standard', 'standard_rated 8.1 810', 'ch_vat', 'CHE-123.456.789 MWST', 'reverse_charge 8.1 0'],
    ['LI', 'CH standard', 'standard_rated 8.1 810', 'li_vat', '12345', 'reverse_charge 8.1 0'],
    ['NO', 'NO standard', 'standard_rated 25 2500', 'no_vat', '123456789MVA', 'reverse_charge 25 0'],
    ['AU', 'AU standard', 'standard_rated 10 1000', 'au_abn', '12345678912', 'not_subject_to_tax 10 0'],
    ['NZ', 'NZ standard', 'standard_rated 15 1500', 'nz_gst', '123456789', 'not_subject_to_tax 15 0'],
    ['IN 560001', 'IN simplified', 'standard_rated 18 1800', 'in_gst', '12ABCDE3456FGZH', 'reverse_charge 18 0'],
    ['SG', 'SG standard', 'standard_rated 9 900', 'sg_gst', 'M12345678X', 'reverse_charge 9 0'],
    ['JP', 'JP standard', 'standard_rated 10 1000', 'jp_trn', 'T1234567891234', 'reverse_charge 10 0'],
    ['KR', 'KR simplified', 'standard_rated 10 1000', 'kr_brn', '123-45-67890', 'not_subject_to_tax 10 0'],
    ['ZA', 'ZA standard', 'standard_rated 15 1500', 'za_vat', '4123456789', 'reverse_charge 15 0'],
    ['MX', 'MX simplified', 'standard_rated 16 1600', 'mx_rfc', 'ABC010203AB9', 'standard_rated 16 1600'],
    ['RU', 'RU simplified', 'standard_rated 22 2200', 'ru_inn', '1234567891', 'standard_rated 22 2200'],
  ] as const)('%s with %s: %s; a business: %s %s, %s', (...terms) => {
    const [where, registered, consumer, type, value, business] = terms;
    const foreign = seller('DE', registered);
    expect(on10000(foreign, buyer(where))).toEqual([consumer]);
    expect(on10000(foreign, buyer(where, id(type, value)))).toEqual([business]);
    expect(on10000(seller('DE'), buyer(where))).toEqual(['not_collecting - 0']);
  });

  it('a British seller taxes British businesses too', () => {
    expect(on10000(seller('GB', 'GB standard'), buyer('GB', id('gb_vat', 'GB123456789')))).toEqual(['standard_rated 20 2000']);
  });
});

describe('Canada', () => {
  const federal = seller('DE', 'CA simplified');
  const everywhere = seller(
    'CA M5V 2T6',
    'CA standard',
    ...['QC', 'BC', 'SK', 'MB'].map((province) => `CA province_standard - ${province}`),
  );

  test.each([
    ['CA M5V 2T6', ['standard_rated 13 1300']],
    ['CA B3H 1A1', ['standard_rated 14 1400']],
    ['CA H2Y 1C6', ['standard_rated 5 500', 'standard_rated 9.975 998']],
    ['CA V5K 0A1', ['standard_rated 5 500', 'standard_rated 7 700']],
    ['CA R3B 0A1', ['standard_rated 5 500', 'standard_rated 7 700']],
    ['CA T2P 1J9', ['standard_rated 5 500']],
  ])('%s', (where, taxes) => {
    expect(on10000(everywhere, buyer(where))).toEqual(taxes);
  });

  it('a federal registration does not collect the taxes of provinces', () => {
    expect(on10000(federal, buyer('CA H2Y 1C6'))).toEqual(['standard_rated 5 500']);
  });

  it('each number turns off its own tax, for a seller abroad', () => {
    const both = seller('DE', 'CA simplified', 'CA province_standard - QC');
    expect(on10000(both, buyer('CA H2Y 1C6', id('ca_gst_hst', '123456789RT0002')))).toEqual([
      'reverse_charge 5 0',
      'standard_rated 9.975 998',
    ]);
    expect(on10000(both, buyer('CA H2Y 1C6', id('ca_qst', '1234567890TQ1234')))).toEqual([
      'standard_rated 5 500',
      'reverse_charge 9.975 0',
    ]);
  });

  it('a tax on software is not guessed for other services', () => {
    expect(on10000(everywhere, buyer('CA V5K 0A1'), { taxCode: ELECTRONIC })).toEqual(['standard_rated 5 500', 'not_supported - 0']);
  });
});

describe('the United States', () => {
  const sellerIn = (state: string) => seller('DE', `US state_sales_tax - ${state}`);

  test.each([
    ['NY', 'US 10001', 'standard_rated 4 400', 'standard_rated 4 400'],
    ['CT', 'US 06103', 'standard_rated 1 100', 'standard_rated 6.35 635'],
    ['MD', 'US 21201', 'standard_rated 3 300', 'standard_rated 6 600'],
    ['IA', 'US 50309', 'product_exempt 0 0', 'standard_rated 6 600'],
    ['OH', 'US 43215', 'standard_rated 5.75 575', 'product_exempt 0 0'],
    ['TX', 'US 73301', 'taxable_basis_reduced 6.25 500', 'taxable_basis_reduced 6.25 500'],
    ['CA', 'US 94105', 'product_exempt 0 0', 'product_exempt 0 0'],
    ['AL', 'US 35203', 'not_supported - 0', 'not_supported - 0'],
    ['OR', 'US 97201', 'not_subject_to_tax - 0', 'not_subject_to_tax - 0'],
  ])('%s: %s for businesses %s, for persons %s', (state, where, business, person) => {
    expect(on10000(sellerIn(state), buyer(where))).toEqual([business]);
    expect(on10000(sellerIn(state), buyer(where), { taxCode: SAAS_PERSONAL })).toEqual([person]);
  });

  it('a registration in another state collects nothing, and military post offices are not taxed', () => {
    expect(on10000(sellerIn('NY'), buyer('US 73301'))).toEqual(['not_collecting - 0']);
    expect(on10000(sellerIn('NY'), buyer('US 09012'))).toEqual(['not_subject_to_tax - 0']);
  });

  it('the general code is too broad there: no rate is guessed', () => {
    expect(on10000(sellerIn('NY'), buyer('US 10001'), { taxCode: ELECTRONIC })).toEqual(['not_supported - 0']);
  });
});

describe('products', () => {
  test.each([
    ['txcd_00000000', 'not_collecting - 0'],
    ['txcd_10302000', 'not_supported - 0'],
    ['txcd_99999999', 'not_supported - 0'],
    ['txcd_12345678', 'not_supported - 0'],
  ])('%s is untaxed: %s', (taxCode, entry) => {
    expect(on10000(german, buyer('DE'), { taxCode })).toEqual([entry]);
  });
});

describe('a registration in time', () => {
  const during = (change: Parameters<typeof registration>[1], instant: string) =>
    on10000({ ...seller('DE'), registrations: [registration('DE standard', change)] }, buyer('DE'), {}, at(instant));

  it('counts from its first second, until its last', () => {
    const year = { created: at('2026-01-01'), activeFrom: at('2026-02-01'), expiresAt: at('2026-03-01') };
    expect(during(year, '2026-01-31T23:59:59Z')).toEqual(['not_collecting - 0']);
    expect(during(year, '2026-02-01')).toEqual(['standard_rated 19 1900']);
    expect(during(year, '2026-02-28T23:59:59Z')).toEqual(['standard_rated 19 1900']);
    expect(during(year, '2026-03-01')).toEqual(['not_collecting - 0']);
  });

  it('one that was active at once also counts for a test clock in the past', () => {
    expect(during({ created: at('2026-11-28'), activeFrom: at('2026-11-28') }, '2024-01-01')).toEqual(['standard_rated 19 1900']);
  });
});
