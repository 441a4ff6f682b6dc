/**
 * The form of each type of tax id: its length and its characters, by the library `stdnum` where that knows the type. Check digits are not
 * verified: only a registry knows, some countries changed theirs, and Stripe's own examples have wrong ones (docs/adr/0050).
 */
import { stdnum, type Validator } from 'stdnum';
import type { TaxIdType } from '../rows/tax-id';

type Form = RegExp | Validator;

/** Whether a value can be of its type. Case and separators do not matter: `12-3456789` is `123456789`. */
export function isTaxIdOf(type: TaxIdType, value: string): boolean {
  const bare = value.toUpperCase().replace(/[ ./-]/g, '');
  return /^[A-Z0-9Ñ&+*]+$/.test(bare) && formsOf(type, bare).some((form) => hasForm(form, bare));
}

const formsOf = (type: TaxIdType, bare: string): Form[] => (type === 'eu_vat' ? (EU_VAT[bare.slice(0, 2)] ?? []) : [FORMS[type]].flat());

function hasForm(form: Form, bare: string): boolean {
  if (form instanceof RegExp) return new RegExp(`^(?:${form.source})$`).test(bare);
  const { isValid, error } = form.validate(bare);
  return isValid || error.name === 'InvalidChecksum' || error.name === 'InvalidComponent';
}

/** The library's validator, by country and its local name. */
function of(country: string, name: string): Validator {
  const validator = stdnum[country]?.[name];
  if (!validator) throw new Error(`stdnum has no ${country} ${name}.`);
  return validator;
}

/** By the prefix of the member state. */
const EU_VAT: Record<string, Form[] | undefined> = {
  AT: [of('AT', 'uid')],
  BE: [of('BE', 'vat')],
  BG: [of('BG', 'vat')],
  CY: [of('CY', 'vat')],
  CZ: [of('CZ', 'dic')],
  DE: [of('DE', 'vat')],
  DK: [of('DK', 'cvr')],
  EE: [of('EE', 'kmkr')],
  EL: [of('GR', 'vat')],
  ES: [of('ES', 'nif')],
  FI: [of('FI', 'alv')],
  FR: [of('FR', 'tva')],
  HR: [of('HR', 'oib')],
  HU: [of('HU', 'anum')],
  IE: [of('IE', 'vat')],
  IT: [of('IT', 'iva')],
  LT: [of('LT', 'pvm')],
  LU: [of('LU', 'tva')],
  LV: [of('LV', 'pvn')],
  MT: [of('MT', 'vat')],
  NL: [of('NL', 'btw')],
  PL: [of('PL', 'nip')],
  PT: [of('PT', 'nif')],
  RO: [of('RO', 'cif')],
  // The library wants the last two digits to be those of a first branch.
  SE: [/SE\d{12}/],
  SI: [of('SI', 'ddv')],
  SK: [of('SK', 'dph')],
  XI: [/XI(\d{9}|\d{12}|(GD|HA)\d{3})/],
};

/** Patterns are those of types that the library does not have, or has otherwise than Stripe: as Stripe's example, or as its country's law. */
const FORMS: Record<Exclude<TaxIdType, 'eu_vat'>, Form | Form[]> = {
  ad_nrt: of('AD', 'nrt'),
  ae_trn: /\d{15}/,
  al_tin: of('AL', 'nipt'),
  am_tin: /\d{8}/,
  ao_tin: of('AO', 'nif'),
  ar_cuit: of('AR', 'cuit'),
  au_abn: of('AU', 'abn'),
  au_arn: /\d{12}/,
  aw_tin: /\d{8}/,
  az_tin: of('AZ', 'pin'),
  ba_tin: /\d{12,13}/,
  bb_tin: /\d{13}/,
  bd_bin: /\d{9}(\d{4})?/,
  bf_ifu: /\d{8}[A-Z]/,
  bg_uic: /\d{9}(\d{4})?/,
  bh_vat: /\d{15}/,
  bj_ifu: /\d{13}/,
  bo_tin: /\d{7,13}/,
  br_cnpj: of('BR', 'cnpj'),
  br_cpf: of('BR', 'cpf'),
  bs_tin: /\d{9}/,
  by_tin: of('BY', 'unp'),
  ca_bn: of('CA', 'bn'),
  ca_gst_hst: of('CA', 'gst'),
  ca_pst_bc: of('CA', 'pst'),
  ca_pst_mb: /\d{7}/,
  ca_pst_sk: /\d{7}/,
  ca_qst: of('CA', 'qst'),
  cd_nif: /[A-Z]\d{7}[A-Z]/,
  ch_uid: /CHE\d{9}(HR)?/,
  ch_vat: [of('CH', 'vat'), of('CH', 'uid')],
  cl_tin: of('CL', 'rut'),
  cm_niu: /[A-Z]\d{12}[A-Z]/,
  cn_tin: /\d{15}|[A-Z0-9]{18}|\d{20}/,
  co_nit: of('CO', 'nit'),
  cr_tin: /\d{9,12}/,
  cv_nif: /\d{9}/,
  de_stn: /\d{10,13}/,
  do_rcn: /\d{9}|\d{11}/,
  ec_ruc: of('EC', 'ruc'),
  eg_tin: of('EG', 'tn'),
  es_cif: of('ES', 'nif'),
  et_tin: /\d{10}/,
  eu_oss_vat: /EU\d{9}/,
  fo_vat: /(FO)?\d{6}/,
  gb_vat: /GB(\d{9}|\d{12}|(GD|HA)\d{3})/,
  ge_vat: /\d{9}|\d{11}/,
  gi_tin: /\d{5,6}/,
  gn_nif: of('GN', 'nifp'),
  hk_br: /\d{8}(\d{3})?/,
  hr_oib: of('HR', 'oib'),
  hu_tin: /\d{11}/,
  ic_nif: of('ES', 'nif'),
  id_npwp: /\d{15,16}/,
  il_vat: of('IL', 'idnr'),
  in_gst: of('IN', 'gstin'),
  is_vat: of('IS', 'vsk'),
  it_cf: [of('IT', 'codicefiscale'), /\d{11}/],
  jp_cn: of('JP', 'cn'),
  jp_rn: /\d{5}/,
  jp_trn: /T\d{13}/,
  ke_pin: of('KE', 'pin'),
  kg_tin: /\d{14}/,
  kh_tin: /[A-Z0-9]\d{9,12}/,
  kr_brn: of('KR', 'brn'),
  kz_bin: /\d{12}/,
  la_tin: /\d{12}/,
  li_uid: /CHE\d{9}/,
  li_vat: of('LI', 'peid'),
  lk_vat: /\d{9}(\d{4})?/,
  ma_vat: /\d{7,8}|\d{15}/,
  md_vat: /\d{7}/,
  me_pib: of('ME', 'pib'),
  mk_vat: of('MK', 'edb'),
  mr_nif: /\d{8}/,
  mx_rfc: of('MX', 'rfc'),
  my_frp: /\d{8}/,
  my_itn: /[A-Z]{1,2}\d{10,11}/,
  my_sst: /[A-Z]\d{14}/,
  ng_tin: /\d{10}|\d{12,13}/,
  no_vat: /\d{9}MVA/,
  no_voec: /\d{7}/,
  np_pan: /\d{9}/,
  nz_gst: of('NZ', 'ird'),
  om_vat: /OM\d{10}/,
  pe_ruc: of('PE', 'ruc'),
  ph_tin: /\d{9}|\d{12}|\d{14}/,
  pl_nip: of('PL', 'nip'),
  py_ruc: /\d{5,8}[A-Z0-9]/,
  ro_tin: of('RO', 'cnp'),
  rs_pib: of('RS', 'pib'),
  ru_inn: of('RU', 'inn'),
  ru_kpp: /\d{4}[A-Z0-9]{2}\d{3}/,
  sa_vat: /\d{15}/,
  sg_gst: /[A-Z0-9]{9,10}/,
  sg_uen: of('SG', 'uen'),
  si_tin: of('SI', 'ddv'),
  sn_ninea: /\d{7,9}([A-Z0-9]{3})?/,
  sr_fin: /\d{10}/,
  sv_nit: of('SV', 'nit'),
  th_vat: [of('TH', 'tin'), of('TH', 'idnr')],
  tj_tin: /\d{9}/,
  tr_tin: [of('TR', 'vkn'), of('TR', 'tckimlik')],
  tw_vat: of('TW', 'ubn'),
  tz_vat: /\d{8}[A-Z]/,
  ua_vat: /\d{8,10}|\d{12}/,
  ug_tin: /\d{10}/,
  us_ein: of('US', 'ein'),
  uy_ruc: of('UY', 'rut'),
  uz_tin: /\d{9}/,
  uz_vat: /\d{12}/,
  ve_rif: of('VE', 'rif'),
  vn_tin: of('VN', 'mst'),
  za_vat: of('ZA', 'vat'),
  zm_tin: /\d{10}/,
  zw_tin: /\d{10}/,
};
