import type { Account } from '../domain/rows/account';
import type { SellerContact } from '../domain/rows/document-settings';
import { NO_ADDRESS, type Address } from '../domain/rows/resource';
import type { Rows } from '../domain/rows/rows';
import type { TaxIdType } from '../domain/rows/tax-id';
import type { Party } from './sheet';
import type { Language } from './words';

/** A number of a tax authority, as it is printed. */
export interface PrintedTaxId {
  type: TaxIdType;
  value: string;
}

/** Who sells or buys, as one document says it. */
export interface PartyFacts {
  name: string | null;
  address: Address | null;
  /** A person to ask. Absent: nobody is named. */
  contact?: string | null;
  email: string | null;
  phone: string | null;
  taxIds: readonly PrintedTaxId[];
}

/** The seller's numbers that a document names; if it names none, all that the account had at `until` (epoch seconds). */
export function numbersOf(rows: Rows, { named, until }: { named: readonly string[] | null; until: number }): PrintedTaxId[] {
  if (named !== null) return named.flatMap((id) => rows.find('taxId', id) ?? []);
  return rows.where('taxId', ({ customer, deleted, created }) => customer === null && !deleted && created <= until);
}

/** The seller: the account's name, where it is established, and whom to ask. */
export function sellerOf(
  account: Account,
  headOffice: Address | null,
  taxIds: readonly PrintedTaxId[],
  contact: SellerContact | null = null,
): PartyFacts {
  const country: Address = { ...NO_ADDRESS, country: account.country };
  return {
    name: account.name,
    address: headOffice ?? country,
    contact: contact?.name ?? null,
    email: contact?.email ?? null,
    phone: contact?.phone ?? null,
    taxIds,
  };
}

export function partyOf(heading: string, { name, address, contact = null, email, phone, taxIds }: PartyFacts, language: Language): Party {
  const lines = [name, ...addressLines(address, language), contact, email, phone, ...taxIds.map((taxId) => taxIdText(taxId, language))];
  return { heading, lines: lines.filter((line) => line !== null && line !== '').map(String) };
}

/**
 * An address in the order of its country: the postal code stands before the town, or after it where the town comes first. A province stands on a
 * line of its own, or after the town: 20121 Milano MI.
 */
function addressLines(address: Address | null, { tag }: Pick<Language, 'tag'>): string[] {
  if (address === null) return [];
  const { line1, line2, state, country } = address;
  const name = country === null ? null : countryName(country, tag);
  const lines = country === 'JP' ? japanese(address) : [line1, line2, townOf(address), hasOwnLine(address) ? state : null];
  return [...lines, name].filter(isText);
}

function townOf({ city, state, postal_code: code, ...of }: Address): string {
  const separator = PROVINCE_BEHIND[of.country ?? ''];
  if (separator !== undefined) return [joined(code, city), state].filter(isText).join(separator);
  if (!isTownFirst(of)) return joined(code, city);
  return joined(isText(city) && isText(state) ? `${city},` : city, state, code);
}

function japanese({ line1, line2, city, state, postal_code: code }: Address): (string | null)[] {
  return [isText(code) ? `〒${code}` : null, joined(state, city), line1, line2];
}

const joined = (...parts: (string | null)[]): string => parts.filter(isText).join(' ');
const isTownFirst = ({ country }: Pick<Address, 'country'>): boolean => TOWN_FIRST.has(country ?? '');
const hasOwnLine = (of: Pick<Address, 'country'>): boolean => !isTownFirst(of) && PROVINCE_BEHIND[of.country ?? ''] === undefined;
const isText = (text: string | null): text is string => text !== null && text !== '';
const TOWN_FIRST = new Set(['US', 'CA', 'AU', 'NZ', 'IN', 'GB', 'IE', 'SG', 'HK', 'ZA']);
/** What stands between a town and its province, where both are on one line. */
const PROVINCE_BEHIND: Readonly<Record<string, string>> = { IT: ' ', MX: ', ', TR: '/' };

function countryName(country: string, tag: string): string {
  // Callers may have written more than a code.
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames([tag], { type: 'region', fallback: 'code' }).of(country) ?? country;
}

/** What a number is called where it is issued; otherwise the document's own word for a tax id. */
const NAMES: Partial<Record<TaxIdType, string>> = {
  ae_trn: 'TRN',
  au_abn: 'ABN',
  br_cnpj: 'CNPJ',
  br_cpf: 'CPF',
  ca_bn: 'BN',
  ca_gst_hst: 'GST/HST',
  ca_qst: 'QST',
  ca_pst_bc: 'PST BC',
  ca_pst_mb: 'PST MB',
  ca_pst_sk: 'PST SK',
  ch_uid: 'UID',
  ch_vat: 'MWST/TVA/IVA',
  de_stn: 'Steuernummer',
  es_cif: 'NIF',
  eu_oss_vat: 'OSS VAT',
  gb_vat: 'VAT',
  in_gst: 'GSTIN',
  is_vat: 'VSK',
  jp_cn: '法人番号',
  jp_rn: '登録番号',
  jp_trn: '登録番号',
  li_vat: 'MWST',
  mx_rfc: 'RFC',
  no_vat: 'Org.nr',
  no_voec: 'VOEC',
  nz_gst: 'GST',
  sg_gst: 'GST Reg. No.',
  sg_uen: 'UEN',
  us_ein: 'EIN',
  za_vat: 'VAT',
};

/** Norway wants MVA after the number of a registered business, Japan a T before it. */
function taxIdText({ type, value }: PrintedTaxId, { words }: Pick<Language, 'words'>): string {
  const name = type === 'eu_vat' ? words.vatId : (NAMES[type] ?? words.taxId);
  if (type === 'no_vat') return `${name} ${/mva$/i.test(value) ? value : `${value} MVA`}`;
  if (type === 'jp_trn') return `${name} ${value.startsWith('T') ? value : `T${value}`}`;
  return `${name} ${value}`;
}
