import type { Resource } from './resource';

/** A number by which a tax authority identifies a customer or the account itself. It never changes: another number is another tax id. */
export interface TaxId extends Resource {
  deleted: boolean;
  /** Null: the account's own. */
  customer: string | null;
  type: TaxIdType;
  /** As the caller sent it, separators included. */
  value: string;
  /** What a registry says. `pending`: not yet known; `unavailable`: no registry was asked, or none answered. Null for the account's own. */
  verification: 'pending' | 'verified' | 'unverified' | 'unavailable' | null;
  /** The registry that is asked. Null: none. */
  registry: TaxIdRegistryName | null;
  /** Since when the registry is being asked. Null: it is not, now. Epoch seconds. */
  checkingSince: number | null;
  /** When a registry that did not answer is asked again. */
  nextCheckAt: number | null;
  checkedAt: number | null;
  /** The registry's own id of its answer, a proof for the tax office. */
  registryReference: string | null;
  /** To whom the registry says that it belongs. Null if the registry does not say. */
  verifiedName: string | null;
  verifiedAddress: string | null;
}

/** `vies` knows the Union's value added tax ids, `hmrc` British ones, `abr` Australian business numbers. `sandbox` answers Stripe's test values. */
export type TaxIdRegistryName = 'vies' | 'hmrc' | 'abr' | 'sandbox';

/** A registry's answer, as a workflow's history may show it: without names. `unknown` means that there was none. */
export type TaxIdAnswer = { outcome: 'verified' | 'unverified'; reference: string | null } | { outcome: 'unknown' };

/** Stripe's types of tax ids: the country's code, and the local name of the number. */
export const TAX_ID_TYPES = [
  'ad_nrt',
  'ae_trn',
  'al_tin',
  'am_tin',
  'ao_tin',
  'ar_cuit',
  'au_abn',
  'au_arn',
  'aw_tin',
  'az_tin',
  'ba_tin',
  'bb_tin',
  'bd_bin',
  'bf_ifu',
  'bg_uic',
  'bh_vat',
  'bj_ifu',
  'bo_tin',
  'br_cnpj',
  'br_cpf',
  'bs_tin',
  'by_tin',
  'ca_bn',
  'ca_gst_hst',
  'ca_pst_bc',
  'ca_pst_mb',
  'ca_pst_sk',
  'ca_qst',
  'cd_nif',
  'ch_uid',
  'ch_vat',
  'cl_tin',
  'cm_niu',
  'cn_tin',
  'co_nit',
  'cr_tin',
  'cv_nif',
  'de_stn',
  'do_rcn',
  'ec_ruc',
  'eg_tin',
  'es_cif',
  'et_tin',
  'eu_oss_vat',
  'eu_vat',
  'fo_vat',
  'gb_vat',
  'ge_vat',
  'gi_tin',
  'gn_nif',
  'hk_br',
  'hr_oib',
  'hu_tin',
  'ic_nif',
  'id_npwp',
  'il_vat',
  'in_gst',
  'is_vat',
  'it_cf',
  'jp_cn',
  'jp_rn',
  'jp_trn',
  'ke_pin',
  'kg_tin',
  'kh_tin',
  'kr_brn',
  'kz_bin',
  'la_tin',
  'li_uid',
  'li_vat',
  'lk_vat',
  'ma_vat',
  'md_vat',
  'me_pib',
  'mk_vat',
  'mr_nif',
  'mx_rfc',
  'my_frp',
  'my_itn',
  'my_sst',
  'ng_tin',
  'no_vat',
  'no_voec',
  'np_pan',
  'nz_gst',
  'om_vat',
  'pe_ruc',
  'ph_tin',
  'pl_nip',
  'py_ruc',
  'ro_tin',
  'rs_pib',
  'ru_inn',
  'ru_kpp',
  'sa_vat',
  'sg_gst',
  'sg_uen',
  'si_tin',
  'sn_ninea',
  'sr_fin',
  'sv_nit',
  'th_vat',
  'tj_tin',
  'tr_tin',
  'tw_vat',
  'tz_vat',
  'ua_vat',
  'ug_tin',
  'us_ein',
  'uy_ruc',
  'uz_tin',
  'uz_vat',
  've_rif',
  'vn_tin',
  'za_vat',
  'zm_tin',
  'zw_tin',
] as const;
export type TaxIdType = (typeof TAX_ID_TYPES)[number];

/** Prefixes that differ from the country's code: Northern Ireland has its own for goods, and Greece uses the one of its own name. */
const COUNTRIES_OF_PREFIXES: Record<string, string> = { EL: 'GR', XI: 'GB' };

/**
 * The country that issued a tax id. Null for the One Stop Shop of sellers outside the Union, because no country issues it, and for a test
 * value without a prefix.
 */
export function countryOfTaxId({ type, value }: Pick<TaxId, 'type' | 'value'>): string | null {
  if (type === 'eu_oss_vat') return null;
  if (type === 'ic_nif') return 'ES';
  const prefix = (type === 'eu_vat' ? value : type).slice(0, 2).toUpperCase();
  if (type !== 'eu_vat') return prefix;
  return COUNTRIES_OF_PREFIXES[prefix] ?? (/^[A-Z]{2}$/.test(prefix) ? prefix : null);
}
