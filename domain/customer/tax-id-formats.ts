/** The format of each type of tax id. Check digits are not verified: only a registry knows, and some countries changed theirs. */
import type { TaxIdType } from '../rows/tax-id';

/** Whether a value can be of its type. Case and separators do not matter: `12-3456789` is `123456789`. */
export function isTaxIdOf(type: TaxIdType, value: string): boolean {
  const bare = value.toUpperCase().replace(/[ ./-]/g, '');
  return type === 'eu_vat' ? isEuVat(bare) : matches(FORMATS[type] ?? ANY, bare);
}

function isEuVat(bare: string): boolean {
  const format = EU_VAT[bare.slice(0, 2)];
  return format !== undefined && matches(format, bare.slice(2));
}

const matches = (format: RegExp, text: string): boolean => new RegExp(`^(?:${format.source})$`).test(text);

/** For types whose format is not listed here: at least as long as Liechtenstein's, at most 30 characters. */
const ANY = /[A-Z0-9]{4,30}/;

/** By the prefix of the member state. */
const EU_VAT: Record<string, RegExp | undefined> = {
  AT: /U\d{8}/,
  BE: /[01]\d{9}/,
  BG: /\d{9,10}/,
  CY: /\d{8}[A-Z]/,
  CZ: /\d{8,10}/,
  DE: /\d{9}/,
  DK: /\d{8}/,
  EE: /\d{9}/,
  EL: /\d{9}/,
  ES: /[A-Z0-9]\d{7}[A-Z0-9]/,
  FI: /\d{8}/,
  FR: /[A-Z0-9]{2}\d{9}/,
  HR: /\d{11}/,
  HU: /\d{8}(\d{3})?/,
  IE: /\d[A-Z0-9+*]\d{5}[A-Z]{1,2}/,
  IT: /\d{11}/,
  LT: /\d{9}|\d{12}/,
  LU: /\d{8}/,
  LV: /\d{11}/,
  MT: /\d{8}/,
  NL: /\d{9}B\d{2}/,
  PL: /\d{10}/,
  PT: /\d{9}/,
  RO: /\d{2,10}/,
  SE: /\d{12}/,
  SI: /\d{8}/,
  SK: /\d{10}/,
  XI: /\d{9}|\d{12}|(GD|HA)\d{3}/,
};

const FORMATS: Partial<Record<TaxIdType, RegExp>> = {
  ae_trn: /\d{15}/,
  ar_cuit: /\d{11}/,
  au_abn: /\d{11}/,
  au_arn: /\d{12}/,
  bg_uic: /\d{9}(\d{4})?/,
  br_cnpj: /[A-Z0-9]{12}\d{2}/,
  br_cpf: /\d{11}/,
  ca_bn: /\d{9}/,
  ca_gst_hst: /\d{9}RT\d{4}/,
  ca_pst_bc: /PST\d{8}/,
  ca_pst_mb: /\d{7}/,
  ca_pst_sk: /\d{7}/,
  ca_qst: /\d{10}TQ\d{4}/,
  ch_uid: /CHE\d{9}(HR)?/,
  ch_vat: /CHE\d{9}(MWST|TVA|IVA)?/,
  cl_tin: /\d{7,8}[0-9K]/,
  de_stn: /\d{10,13}/,
  es_cif: /[A-Z0-9]\d{7}[A-Z0-9]/,
  eu_oss_vat: /EU\d{9}/,
  gb_vat: /GB(\d{9}|\d{12}|(GD|HA)\d{3})/,
  hk_br: /\d{8}/,
  hr_oib: /\d{11}/,
  hu_tin: /\d{11}/,
  id_npwp: /\d{15,16}/,
  in_gst: /\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]/,
  is_vat: /\d{5,6}/,
  it_cf: /[A-Z0-9]{16}|\d{11}/,
  jp_cn: /\d{13}/,
  jp_trn: /T\d{13}/,
  kr_brn: /\d{10}/,
  li_uid: /CHE\d{9}/,
  li_vat: /\d{5}/,
  mx_rfc: /[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}/,
  no_vat: /\d{9}MVA/,
  no_voec: /\d{7}/,
  nz_gst: /\d{8,9}/,
  pl_nip: /\d{10}/,
  ro_tin: /\d{13}/,
  ru_inn: /\d{10}|\d{12}/,
  sa_vat: /\d{15}/,
  sg_gst: /[A-Z0-9]{9,10}/,
  sg_uen: /[A-Z0-9]{9,10}/,
  si_tin: /\d{8}/,
  th_vat: /\d{13}/,
  tr_tin: /\d{10,11}/,
  tw_vat: /\d{8}/,
  us_ein: /\d{9}/,
  za_vat: /4\d{9}/,
};
