import fc from 'fast-check';
import { amountInWords, exponentOf, formatAmount, formatUnitAmount, isCurrency } from '../../../domain/money/currency';
import { chargeStep, nearestCharge } from '../../../domain/money/charge-steps';
import { minimumCharge, refuseUnchargeable } from '../../../domain/money/minimum-charge';
import { amounts } from '../builders';

const zeroDecimal = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const threeDecimal = 'bhd jod kwd omr tnd'.split(' ');

test.each(zeroDecimal)('%s has no minor coin: 1000 is one thousand', (currency) => {
  expect(isCurrency(currency)).toBe(true);
  expect(exponentOf(currency)).toBe(0);
});

test.each(threeDecimal)('%s has three decimals', (currency) => {
  expect(isCurrency(currency)).toBe(true);
  expect(exponentOf(currency)).toBe(3);
});

test.each(['usd', 'eur', 'gbp', 'isk', 'ugx', 'huf', 'twd', 'clf'])('%s has two decimals in Stripe’s API', (currency) => {
  expect(exponentOf(currency)).toBe(2);
});

/** The 135 presentment currencies for cards of docs.stripe.com/currencies, as a public program of 2026 has copied them. */
const cards = [
  'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk',
  'djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jpy kes kgs khr kmf krw kyd kzt',
  'lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln pyg qar ron',
  'rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf',
  'yer zar zmw',
].flatMap((line) => line.split(' '));

/** And those of three decimals, which Stripe charges for sellers in some countries. */
const presentment = [...cards, ...threeDecimal];

test('a card can be charged in each of the 135 currencies that Stripe names', () => {
  expect(new Set(cards).size).toBe(135);
  expect(cards.filter((currency) => !isCurrency(currency))).toEqual([]);
});

/** The table of the same page, copy of August 2026. */
const MINIMA =
  '0.50 usd, 2.00 aed, 0.50 ars, 0.50 aud, 0.50 brl, 0.50 cad, 0.50 chf, 0.50 cop, 15.00 czk, 2.50 dkk, 0.50 eur, 0.30 gbp, 4.00 hkd, ' +
  '175.00 huf, 0.50 idr, 0.50 ils, 0.50 inr, 50 jpy, 50 krw, 10.00 mxn, 2.00 myr, 3.00 nok, 0.50 nzd, 0.50 php, 2.00 pln, 2.00 ron, ' +
  '0.50 rub, 3.00 sek, 0.50 sgd, 10.00 thb, 0.50 zar';

test('the smallest charge is the one of Stripe’s table, and one minor unit where it names none', () => {
  const named = MINIMA.split(', ').map((each) => each.split(' ').reverse() as [string, string]);
  expect(presentment.filter((currency) => minimumCharge(currency) > 1).sort()).toEqual(named.map(([currency]) => currency).sort());
  for (const [currency, amount] of named) expect(amountInWords(minimumCharge(currency), currency)).toBe(`${amount} ${currency}`);
});

test.each(presentment)('%s is charged, and its smallest charge is one that its cards can take', (currency) => {
  expect(isCurrency(currency)).toBe(true);
  const smallest = nearestCharge(Math.max(minimumCharge(currency), chargeStep(currency)), currency);
  expect(() => {
    refuseUnchargeable(smallest, currency);
  }).not.toThrow();
  expect(smallest % chargeStep(currency)).toBe(0);
});

test('a currency is its code in lower case, and no other text', () => {
  expect(['usd', 'eur', 'zmw', 'ghs'].every(isCurrency)).toBe(true);
  expect(['USD', 'us', 'usdd', 'xxx', '', 'constructor'].some(isCurrency)).toBe(false);
});

test.each([
  [1000, 'usd', '$10.00'],
  [-123_456_789, 'usd', '-$1,234,567.89'],
  [5, 'eur', '€0.05'],
  [1000, 'jpy', '¥1,000'],
  [1000, 'kwd', '1.000 KWD'],
  [1000, 'sek', '10.00 SEK'],
  [0, 'gbp', '£0.00'],
])('%d in %s reads %s', (minor, currency, text) => {
  expect(formatAmount(minor, currency)).toBe(text);
});

test.each([
  ['0.5', 'usd', '$0.005'],
  ['1000', 'usd', '$10.00'],
  ['1250.1', 'usd', '$12.501'],
  ['0.000000000001', 'jpy', '¥0.000000000001'],
])('a unit amount of %s %s reads %s, with all its decimals', (unitAmount, currency, text) => {
  expect(formatUnitAmount(unitAmount, currency)).toBe(text);
});

test('an amount that is parsed from its description is the same amount', () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom('usd', 'jpy', 'kwd', 'sek'), (amount, currency) => {
      const digits = formatAmount(amount, currency).replace(/[^0-9-]/g, '');
      expect(Number(digits) + 0).toBe(amount + 0);
    }),
  );
});

test.each([
  [1900, 'usd', '19.00 usd'],
  [123_456_789, 'usd', '1,234,567.89 usd'],
  [-5, 'usd', '-0.05 usd'],
  [500, 'jpy', '500 jpy'],
  [1500, 'bhd', '1.500 bhd'],
])('%d minor units of %s read %s', (minor, currency, words) => {
  expect(amountInWords(minor, currency)).toBe(words);
});
