/**
 * The minor unit of each currency, and how an amount reads in a description: 1000 is $10.00, ¥1,000 or 1.000 KWD. Decimals are those of
 * Stripe's API, which uses two for the Icelandic króna and the Ugandan shilling although they have no smaller coin. What can be charged of
 * them: `domain/money/charge-steps.ts`.
 */
import BigNumber from 'bignumber.js';
import { assertMinorUnits } from './money';

const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));

/** ISO 4217's circulating currencies, as Stripe spells them. */
const CURRENCIES = new Set(
  [
    'aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd',
    'cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd',
    'hkd hnl htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl',
    'mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg',
    'qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs',
    'uah ugx usd uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw',
  ].flatMap((line) => line.split(' ')),
);

/** Symbols with which English text distinguishes these currencies (CLDR). */
const SIGNS: Record<string, string> = {
  aud: 'A$',
  brl: 'R$',
  cad: 'CA$',
  cny: 'CN¥',
  eur: '€',
  gbp: '£',
  hkd: 'HK$',
  ils: '₪',
  inr: '₹',
  jpy: '¥',
  krw: '₩',
  mxn: 'MX$',
  nzd: 'NZ$',
  php: '₱',
  twd: 'NT$',
  usd: '$',
  vnd: '₫',
};

/** The number of decimals of the currency: 2 for usd, 0 for jpy, 3 for kwd. */
export function exponentOf(currency: string): 0 | 2 | 3 {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

/** Whether this is a currency code in lower case, as in Stripe's API. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** An amount of minor units for a description: `$10.00`, `-$10.00`, `¥1,000`, `10.00 SEK`. */
export function formatAmount(minor: number, currency: string): string {
  assertMinorUnits(minor);
  return formatUnitAmount(String(minor), currency);
}

/** For timelines and the Temporal UI, whose Markdown reads the text between two `$` as a formula: `19.00 usd`. */
export function amountInWords(minor: number, currency: string): string {
  assertMinorUnits(minor);
  const decimals = exponentOf(currency);
  return `${new BigNumber(minor).shiftedBy(-decimals).toFormat(decimals, FORMAT)} ${currency}`;
}

/** A unit amount for a description, with as many more decimals as it has: '0.5' usd is `$0.005`. */
export function formatUnitAmount(unitAmountDecimal: string, currency: string): string {
  const value = new BigNumber(unitAmountDecimal).shiftedBy(-exponentOf(currency));
  const [whole = '0', fraction = ''] = value.abs().toFormat(FORMAT).split('.');
  const decimals = fraction.padEnd(exponentOf(currency), '0');
  const digits = decimals === '' ? whole : `${whole}.${decimals}`;
  const minus = value.isNegative() ? '-' : '';
  const sign = SIGNS[currency];
  return sign === undefined ? `${minus}${digits} ${currency.toUpperCase()}` : `${minus}${sign}${digits}`;
}

const FORMAT = { decimalSeparator: '.', groupSeparator: ',', groupSize: 3 };
