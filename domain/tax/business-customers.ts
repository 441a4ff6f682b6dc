/**
 * Whether the tax is the customer's affair, because the customer is a business in another country. The presence of a tax id of the right kind
 * decides, as on Stripe: nobody verifies it here.
 */
import type { GivenTaxId, Place } from '../rows/tax-calculation';
import type { DatedRate, TaxKind } from './dated-rate';
import { areaOf, MEMBER_STATES } from './places';

type Untaxed = 'reverse_charge' | 'not_subject_to_tax';

/** The ids that show a registration for the tax itself: https://docs.stripe.com/billing/customer/tax-ids, "Impact in tax calculation". */
const DECIDING = new Set(
  [
    'ae_trn al_tin am_tin au_abn aw_tin az_tin ba_tin bd_bin bf_ifu bh_vat bj_ifu by_tin ca_gst_hst ca_qst ch_vat cl_tin eg_tin et_tin eu_vat',
    'gb_vat ge_vat gn_nif in_gst is_vat jp_trn kh_tin kr_brn kz_bin li_vat lk_vat ma_vat md_vat mk_vat no_vat np_pan nz_gst om_vat pe_ruc',
    'ph_tin ru_inn ru_kpp sa_vat sg_gst sr_fin th_vat tj_tin tr_tin tw_vat tz_vat ua_vat ug_tin uy_ruc uz_vat za_vat',
  ].flatMap((line) => line.split(' ')),
);

/** Places that do not tax such a sale at all, instead of making the customer account for it. */
const NOT_TAXED = new Set(['AU', 'NZ', 'KR']);

/** Places that tax sales from abroad to businesses too. */
const TAXED_ANYWAY = new Set(['MY', 'RU']);

/** The provinces' own taxes have no reverse charge; Québec's has. */
const IDS_OF_KIND: Partial<Record<TaxKind, string | null>> = { gst: 'ca_gst_hst', hst: 'ca_gst_hst', qst: 'ca_qst', pst: null, rst: null };

/** Why the seller takes no tax from a customer with these tax ids; null if it does. */
export function businessReason(rate: DatedRate, place: Place, home: Place, taxIds: readonly GivenTaxId[]): Untaxed | null {
  const area = areaOf(place);
  if (area === areaOf(home) || TAXED_ANYWAY.has(area)) return null;
  if (!taxIds.some((taxId) => decides(taxId, rate, place))) return null;
  return NOT_TAXED.has(area) ? 'not_subject_to_tax' : 'reverse_charge';
}

function decides({ type, country: issuer }: GivenTaxId, { kind }: DatedRate, place: Place): boolean {
  if (!DECIDING.has(type)) return false;
  if (place.country === 'CA') return type === IDS_OF_KIND[kind];
  if (issuer === null) return false;
  if (place.member !== null) return type === 'eu_vat' && MEMBER_STATES.includes(issuer);
  return issuer === place.id || issuer === areaOf(place);
}
