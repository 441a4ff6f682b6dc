/**
 * Sales tax of the states on software as a service, by its use. Only the state's part: where cities and counties add their own tax, the row
 * says so, and a provider with local rates must be asked (docs/tax.md). A state that is missing here is disputed (Alabama, Mississippi).
 */
import { comparedWith } from './comparisons';
import { rated, type DatedRate, type Supply } from './dated-rate';

const BOTH: readonly Supply[] = ['saas_personal', 'saas_business'];
const PERSONAL: readonly Supply[] = ['saas_personal'];
const BUSINESS: readonly Supply[] = ['saas_business'];

/** States in which no city or county adds a tax on these services. */
const WITHOUT_LOCAL_TAX = new Set('CT DC IN KY ME MD MA MI NJ RI'.split(' '));

/**
 * The rates on the states' own pages, as read on 2026-10-02, and in the Tax Foundation's list of July 2026; what is taxed, in two lists that
 * agree. Rows that had ended by then were not compared.
 */
const LISTS = comparedWith('Lists of Anrok and TaxCloud, as of 2026-09-04; Tax Foundation, July 2026', '2026-09-04');

type Terms = Partial<Pick<DatedRate, 'from' | 'to' | 'supplies' | 'reason' | 'basis'>>;

function state(code: string, rate: string, source: string, terms: Terms = {}): DatedRate {
  const compared = terms.to === undefined || terms.to === null || terms.to > LISTS.checkedOn ? LISTS : {};
  return rated(`US-${code}`, 'sales_tax', rate, {
    source,
    supplies: BOTH,
    isStatePartOnly: !WITHOUT_LOCAL_TAX.has(code),
    ...compared,
    ...terms,
  });
}

function exempt(code: string, source: string, terms: Terms = {}): DatedRate {
  return state(code, '0', source, { reason: 'product_exempt', ...terms });
}

const TAXED: readonly DatedRate[] = [
  state('AZ', '5.6', 'A.R.S. § 42-5071'),
  exempt('CA', 'Sales tax law of CA before 2027: software as a service is not enumerated', { to: '2027-01-01' }),
  state('CA', '7.25', 'Cal. Rev. & Tax. Code § 6016.1, S.B. 122 of 2026; with the 1.25 that every county adds', { from: '2027-01-01' }),
  exempt('CO', 'C.R.S. § 39-26-102 (15)(c) before 2027', { to: '2027-01-01' }),
  // Software under an agreement that both sides negotiated and signed stays exempt, which the table cannot see.
  state('CO', '2.9', 'C.R.S. § 39-26-102 (15)(c), H.B. 26-1223', { from: '2027-01-01' }),
  state('CT', '6.35', 'Conn. Gen. Stat. § 12-408 (1)', { supplies: PERSONAL }),
  state('CT', '1', 'Conn. Gen. Stat. § 12-408 (1)(D)', { supplies: BUSINESS }),
  state('DC', '6', 'D.C. Code § 47-2001 (n)(1)(N)', { to: '2027-10-01' }),
  state('DC', '7', 'D.C. Code § 47-2002, postponed from October 2026', { from: '2027-10-01' }),
  state('HI', '4', 'HRS § 237-13'),
  state('IA', '6', 'Iowa Code § 423.2 (6)', { supplies: PERSONAL }),
  exempt('IA', 'Iowa Code § 423.3 (104)', { supplies: BUSINESS }),
  exempt('KY', 'KRS 139.200 before 2023', { to: '2023-01-01' }),
  state('KY', '6', 'KRS 139.200 (2)', { from: '2023-01-01' }),
  exempt('LA', 'La. R.S. 47:301 before 2025', { to: '2025-01-01' }),
  state('LA', '5', 'La. R.S. 47:301 to 303, Act 10 of 2024', { from: '2025-01-01' }),
  state('MA', '6.25', 'M.G.L. c. 64H § 2; 830 CMR 64H.1.3'),
  state('MD', '6', 'Md. Code, Tax-Gen. § 11-104', { supplies: PERSONAL }),
  exempt('MD', 'Md. Code, Tax-Gen. § 11-101 before July 2025', { supplies: BUSINESS, to: '2025-07-01' }),
  state('MD', '3', 'Md. Code, Tax-Gen. § 11-104 (l)', { supplies: BUSINESS, from: '2025-07-01' }),
  state('NM', '4.875', 'NMSA § 7-9-4', { from: '2023-07-01' }),
  state('NM', '5', 'NMSA § 7-9-4 before July 2023', { from: '2022-07-01', to: '2023-07-01' }),
  state('NY', '4', 'N.Y. Tax Law § 1105 (a), § 1101 (b)(14)'),
  state('OH', '5.75', 'O.R.C. § 5739.01 (B)(3)(e)', { supplies: BUSINESS }),
  exempt('OH', 'O.R.C. § 5739.01 (Y)', { supplies: PERSONAL }),
  state('PA', '6', '72 P.S. § 7202; 61 Pa. Code § 60.19'),
  state('RI', '7', 'R.I. Gen. Laws § 44-18-7 (15)'),
  state('SC', '6', 'S.C. Code § 12-36-910 (B)(3)'),
  state('SD', '4.2', 'SDCL § 10-45-4, § 10-45-2', { from: '2023-07-01', to: '2027-07-01' }),
  state('SD', '4.5', 'SDCL § 10-45-2 from July 2027', { from: '2027-07-01' }),
  state('SD', '4.5', 'SDCL § 10-45-4 before July 2023', { to: '2023-07-01' }),
  state('TN', '7', 'Tenn. Code § 67-6-231 (a)(2)'),
  state('TX', '6.25', 'Tex. Tax Code § 151.0035, § 151.351', { reason: 'taxable_basis_reduced', basis: '80' }),
  state('UT', '4.85', 'Utah Code § 59-12-103'),
  exempt('VT', '32 V.S.A. § 9701 before July 2024', { to: '2024-07-01' }),
  state('VT', '6', '32 V.S.A. § 9771 (8)', { from: '2024-07-01' }),
  state('WA', '6.5', 'RCW 82.04.050 (6), RCW 82.08.020'),
  state('WV', '6', 'W. Va. Code § 11-15-3, § 11-15-8'),
];

const EXEMPT = 'AR FL GA ID IL IN KS ME MI MN MO NE NV NJ NC ND OK VA WI WY'.split(' ');
/** Alaska has taxes of its municipalities only. */
const WITHOUT_SALES_TAX = 'AK DE MT NH OR'.split(' ');

export const UNITED_STATES_RATES: readonly DatedRate[] = [
  ...TAXED,
  ...EXEMPT.map((code) => exempt(code, `Sales tax law of ${code}: software as a service is not enumerated`)),
  ...WITHOUT_SALES_TAX.map((code) => state(code, '0', `${code} has no state sales tax`, { reason: 'not_subject_to_tax' })),
  rated('US-MIL', 'sales_tax', '0', {
    source: 'Buck Act, 4 U.S.C. § 107: military post offices',
    reason: 'not_subject_to_tax',
    ...comparedWith(
      'California CDTFA, annotation 175.0010, law guide of 2024, on goods; no page of a state on services was found',
      '2024-01-01',
    ),
  }),
];
