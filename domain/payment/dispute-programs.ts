/**
 * The programs of the card networks for sellers with many disputes or much fraud: the lowest step of each, for card payments without the card at hand. A
 * program begins where all its thresholds are met. Amounts are cents of US dollars.
 */
import { SCA_COUNTRIES } from './strong-authentication';

/**
 * `count`: of what the program counts. `amount`: of the same. `percent`: the count, of the payments. `percent_of_volume`: the amount, of the paid amount.
 * `secured_percent`: of the payments, those with 3-D Secure.
 */
export type Measure = 'amount' | 'count' | 'percent' | 'percent_of_volume' | 'payments' | 'secured_percent';

export interface Threshold {
  of: Measure;
  at: string;
  /** Absent: at least. */
  is?: 'above' | 'at_most';
}

export interface DisputeProgram {
  program: string;
  /** Null: all payments. */
  network: string | null;
  counts: 'disputes' | 'disputes_and_fraud' | 'fraud';
  begins: readonly Threshold[];
  /** The payments of which month divide. */
  transactionsOf: 'month' | 'month_before';
  /** The seller's countries. Absent: all. */
  where?: { in: readonly string[] } | { outside: readonly string[] };
}

interface NetworkProgram extends DisputeProgram {
  /** Where its thresholds were read, and the day as of which that speaks. */
  source: string;
  checkedOn: string;
  /** A second page, compared with the first. Null: none was found. */
  comparedWith: string | null;
}

/**
 * Visa's region of central and eastern Europe without the Union, the Middle East and Africa. The acquirer decides in which region a seller is. On 2026-11-30
 * no public page was found that lists the region: the list is that of the geography in the Visa Core Rules, written from memory. Countries under sanctions of
 * the United States (IR, SY) are left out, because Visa has no acquirers there.
 */
const CEMEA: readonly string[] = [
  ...[
    'AE',
    'AF',
    'AL',
    'AM',
    'AO',
    'AZ',
    'BA',
    'BF',
    'BH',
    'BI',
    'BJ',
    'BW',
    'BY',
    'CD',
    'CF',
    'CG',
    'CI',
    'CM',
    'CV',
    'DJ',
    'DZ',
    'EG',
    'ER',
    'ET',
  ],
  ...[
    'GA',
    'GE',
    'GH',
    'GM',
    'GN',
    'GQ',
    'GW',
    'IQ',
    'JO',
    'KE',
    'KG',
    'KM',
    'KW',
    'KZ',
    'LB',
    'LR',
    'LS',
    'LY',
    'MA',
    'MD',
    'ME',
    'MG',
    'MK',
    'ML',
  ],
  ...[
    'MR',
    'MU',
    'MW',
    'MZ',
    'NA',
    'NE',
    'NG',
    'OM',
    'PK',
    'PS',
    'QA',
    'RS',
    'RU',
    'RW',
    'SA',
    'SC',
    'SD',
    'SL',
    'SN',
    'SO',
    'SS',
    'ST',
    'SZ',
    'TD',
  ],
  ...['TG', 'TJ', 'TM', 'TN', 'TZ', 'UA', 'UG', 'UZ', 'XK', 'YE', 'ZA', 'ZM', 'ZW'],
];

/** Stripe's tables of the programs, which it keeps for sellers of both networks. */
const MONITORING = { source: 'https://docs.stripe.com/disputes/monitoring-programs', checkedOn: '2026-08-10', comparedWith: null } as const;
const MATCH = { source: 'https://docs.stripe.com/disputes/match', checkedOn: '2026-08-10', comparedWith: null } as const;

/** Checkout.com has the same share, and the same 1,500 outside of the region. There it writes more than 100 and more than 75,000 dollars. */
const VAMP = {
  ...MONITORING,
  comparedWith: 'https://support.checkout.com/hc/en-us/articles/23330844282514, read on 2026-11-30',
};

const visa = { network: 'visa', transactionsOf: 'month', ...MONITORING } as const;
const vamp = { ...visa, ...VAMP };
const mastercard = { network: 'mastercard', transactionsOf: 'month', ...MONITORING } as const;

const atLeast = (count: string, percent: string): Threshold[] => [
  { of: 'count', at: count },
  { of: 'percent', at: percent },
];

/** A seller who must ask most cardholders to authenticate is in it with more payments by 3-D Secure. */
const fraudOfCommerce = (securedUpTo: string) => ({
  ...({ program: 'mastercard_efm', counts: 'fraud', ...mastercard } as const),
  begins: [
    { of: 'payments', at: '1000' },
    { of: 'amount', at: '5000000', is: 'above' },
    { of: 'percent_of_volume', at: '0.5', is: 'above' },
    { of: 'secured_percent', at: securedUpTo, is: 'at_most' },
  ] as const,
});

export const DISPUTE_PROGRAMS: readonly NetworkProgram[] = [
  { program: 'visa_vamp_non_compliant', counts: 'disputes_and_fraud', begins: atLeast('5', '0.5'), ...visa },
  { program: 'visa_vamp_excessive', counts: 'disputes_and_fraud', begins: atLeast('1500', '1.5'), ...vamp, where: { outside: CEMEA } },
  { program: 'visa_vamp_excessive_cemea', counts: 'disputes_and_fraud', begins: atLeast('150', '2.2'), ...vamp, where: { in: CEMEA } },
  {
    ...{ program: 'visa_vamp_excessive_cemea_amount', counts: 'disputes_and_fraud', ...vamp, where: { in: CEMEA } },
    begins: [
      { of: 'amount', at: '7500000' },
      { of: 'percent', at: '2.2' },
    ],
  },
  { program: 'visa_vmss_disputes', counts: 'disputes', begins: atLeast('1000', '1.8'), ...visa },
  {
    ...{ program: 'visa_vmss_fraud', counts: 'fraud', ...visa },
    begins: [
      { of: 'amount', at: '25000000' },
      { of: 'percent_of_volume', at: '1.8' },
    ],
  },
  { program: 'mastercard_ecm', counts: 'disputes', begins: atLeast('100', '1.5'), ...mastercard, transactionsOf: 'month_before' },
  { program: 'mastercard_hecm', counts: 'disputes', begins: atLeast('300', '3'), ...mastercard, transactionsOf: 'month_before' },
  { ...fraudOfCommerce('10'), where: { outside: SCA_COUNTRIES } },
  { ...fraudOfCommerce('50'), where: { in: SCA_COUNTRIES } },
  {
    ...{ program: 'mastercard_match_disputes', counts: 'disputes', ...mastercard, ...MATCH },
    begins: [
      { of: 'percent', at: '1', is: 'above' },
      { of: 'amount', at: '500000' },
    ],
  },
  {
    ...{ program: 'mastercard_match_fraud', counts: 'fraud', ...mastercard, ...MATCH },
    begins: [
      { of: 'count', at: '10' },
      { of: 'amount', at: '500000' },
      { of: 'percent_of_volume', at: '8' },
    ],
  },
];

export function isSubject({ where }: DisputeProgram, country: string): boolean {
  if (where === undefined) return true;
  return 'in' in where ? where.in.includes(country) : !where.outside.includes(country);
}
