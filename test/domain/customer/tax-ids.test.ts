import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countryOfTaxId, TAX_ID_TYPES, type TaxIdType } from '../../../domain/rows/tax-id';
import { isTaxIdOf } from '../../../domain/customer/tax-id-formats';

test('the types are those of Stripe’s SDK', () => {
  const text = readFileSync(join(__dirname, '../../../node_modules/stripe/cjs/resources/TaxIds.d.ts'), 'utf8');
  const [, union = ''] = /namespace TaxIdCreateParams \{\s*type Type = ([^;]+);/.exec(text) ?? [];
  expect([...TAX_ID_TYPES]).toEqual([...union.matchAll(/'(\w+)'/g)].map(([, type]) => type));
});

/** Stripe's own examples: https://docs.stripe.com/billing/customer/tax-ids */
const EXAMPLES: [TaxIdType, string, string | null][] = [
  ['ad_nrt', 'A-123456-Z', 'AD'],
  ['au_abn', '12345678912', 'AU'],
  ['br_cnpj', '01.234.456/5432-10', 'BR'],
  ['br_cpf', '123.456.789-87', 'BR'],
  ['ca_gst_hst', '123456789RT0002', 'CA'],
  ['ca_pst_bc', 'PST-1234-5678', 'CA'],
  ['ca_qst', '1234567890TQ1234', 'CA'],
  ['ch_vat', 'CHE-123.456.789 MWST', 'CH'],
  ['cl_tin', '12.345.678-K', 'CL'],
  ['es_cif', 'A12345678', 'ES'],
  ['eu_oss_vat', 'EU123456789', null],
  ['eu_vat', 'ATU12345678', 'AT'],
  ['eu_vat', 'CY12345678Z', 'CY'],
  ['eu_vat', 'de 123 456 789', 'DE'],
  ['eu_vat', 'EL123456789', 'GR'],
  ['eu_vat', 'FRAB123456789', 'FR'],
  ['eu_vat', 'IE1234567AB', 'IE'],
  ['eu_vat', 'NL123456789B12', 'NL'],
  ['eu_vat', 'XI123456789', 'GB'],
  ['gb_vat', 'GB123456789', 'GB'],
  ['ic_nif', 'A12345678', 'ES'],
  ['in_gst', '12ABCDE3456FGZH', 'IN'],
  ['jp_trn', 'T1234567891234', 'JP'],
  ['li_vat', '12345', 'LI'],
  ['mx_rfc', 'ABC010203AB9', 'MX'],
  ['no_vat', '123456789MVA', 'NO'],
  ['us_ein', '12-3456789', 'US'],
  ['za_vat', '4123456789', 'ZA'],
];

test.each(EXAMPLES)('%s %s is valid, for %s', (type, value, country) => {
  expect(isTaxIdOf(type, value)).toBe(true);
  expect(countryOfTaxId({ type, value })).toBe(country);
});

test.each<[TaxIdType, string]>([
  ['eu_vat', '123456789'],
  ['eu_vat', 'DE12345678'],
  ['eu_vat', 'DE1234567890'],
  ['eu_vat', 'GB123456789'],
  ['eu_vat', 'US123456789'],
  ['gb_vat', '123456789'],
  ['us_ein', '12-345678'],
  ['us_ein', '12_3456789'],
  ['za_vat', '5123456789'],
  ['ad_nrt', 'A-1'],
  ['ad_nrt', '<b>123456</b>'],
  ['ad_nrt', '-- -- --'],
  ['ad_nrt', '1'.repeat(31)],
])('%s %s is invalid', (type, value) => {
  expect(isTaxIdOf(type, value)).toBe(false);
});
