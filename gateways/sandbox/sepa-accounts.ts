/**
 * Stripe's test accounts of SEPA Direct Debit, by country. Their tokens are `pm_sepaDebit_<outcome>_<country>`.
 * https://docs.stripe.com/testing#sepa-direct-debit
 */
import type { BankCode } from '../../domain/rows/payment-method';

/** In the order of each country's numbers. */
const OUTCOMES = [
  'success',
  'successDelayed',
  'failed',
  'failedDelayed',
  'disputed',
  'exceedsWeeklyVolumeLimit',
  'exceedsWeeklyTransactionLimit',
  'insufficientFunds',
] as const;

const COUNTRIES: Record<string, { codes: Partial<Record<BankCode, string>>; ibans: string[] }> = {
  AT: {
    codes: { bank_code: '19043' },
    ibans: [
      'AT611904300234573201',
      'AT321904300235473204',
      'AT861904300235473202',
      'AT051904300235473205',
      'AT591904300235473203',
      'AT981904300000343434',
      'AT601904300000121212',
      'AT981904300002222227',
    ],
  },
  BE: {
    codes: { bank_code: '510' },
    ibans: [
      'BE62510007547061',
      'BE78510007547064',
      'BE68539007547034',
      'BE51510007547065',
      'BE08510007547063',
      'BE90510000343434',
      'BE52510000121212',
      'BE90510002222227',
    ],
  },
  DE: {
    codes: { bank_code: '37040044' },
    ibans: [
      'DE89370400440532013000',
      'DE08370400440532013003',
      'DE62370400440532013001',
      'DE78370400440532013004',
      'DE35370400440532013002',
      'DE65370400440000343434',
      'DE27370400440000121212',
      'DE65370400440002222227',
    ],
  },
  FR: {
    codes: { bank_code: '20041', branch_code: '01005' },
    ibans: [
      'FR1420041010050500013M02606',
      'FR3020041010050500013M02609',
      'FR8420041010050500013M02607',
      'FR7920041010050500013M02600',
      'FR5720041010050500013M02608',
      'FR9720041010050000000343434',
      'FR5920041010050000000121212',
      'FR9720041010050000002222227',
    ],
  },
  IE: {
    codes: { bank_code: 'AIBK', branch_code: '931152' },
    ibans: [
      'IE29AIBK93115212345678',
      'IE24AIBK93115212345671',
      'IE02AIBK93115212345679',
      'IE94AIBK93115212345672',
      'IE51AIBK93115212345670',
      'IE10AIBK93115200343434',
      'IE69AIBK93115200121212',
      'IE10AIBK93115202222227',
    ],
  },
};

export const SEPA_ACCOUNTS = Object.entries(COUNTRIES).flatMap(([country, { codes, ibans }]) =>
  OUTCOMES.map((outcome, index) => ({ country, codes, outcome, iban: ibans[index] ?? '' })),
);
