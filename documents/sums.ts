import BigNumber from 'bignumber.js';
import { amountAfterCredits } from '../domain/line/credits';
import { inclusiveTaxOf, netOf as netLine } from '../domain/line/taxes';
import { allocate, multiplyRatio, sumOf } from '../domain/money/money';
import type { CreditAmount, DiscountAmount, NationalTax, TaxAmount } from '../domain/rows/invoice';
import type { Rows } from '../domain/rows/rows';
import type { TaxRate } from '../domain/rows/tax-rate';
import type { Formats } from './formats';
import type { SheetTable, Sum } from './sheet';
import { fill, type Language } from './words';

/** What the parts of every document need: its rows, its language and its currency. */
export interface Writing {
  rows: Rows;
  language: Language;
  formats: Formats;
  currency: string;
  /** Amounts of lines and the subtotal are shown without the tax in inclusive prices. */
  withoutTax: boolean;
}

/** The amounts of a line that tax is on. */
export interface TaxedLine {
  amount: number;
  discountAmounts: readonly (Pick<DiscountAmount, 'amount'> & { discount?: string })[];
  creditAmounts: readonly Pick<CreditAmount, 'amount'>[];
  taxes: readonly TaxAmount[];
}

export interface Totals {
  /** What the totals are the sums of. */
  lines: readonly TaxedLine[];
  subtotal: number;
  totalExcludingTax: number;
  total: number;
  totalDiscountAmounts: readonly DiscountAmount[];
  totalCreditAmounts: readonly CreditAmount[];
  totalTaxes: readonly TaxAmount[];
}

/** From the subtotal to the total: discounts, credit, tax by rate. */
export function sumsOf(totals: Totals, writing: Writing, total: string): Sum[] {
  const { words } = writing.language;
  const money = (amount: number): string => writing.formats.money(amount, writing.currency);
  const { subtotal, discounts, credits } = shownTotals(totals, writing);
  const taxes = taxesOf(totals, writing);
  return [
    { label: words.subtotal, amount: money(subtotal) },
    ...discountsOf(discounts, writing).map(({ label, amount }) => ({ label, amount: money(-amount) })),
    ...(credits === 0 ? [] : [{ label: words.credits, amount: money(-credits) }]),
    ...(taxes.length === 0 ? [] : [{ label: words.totalExcludingTax, amount: money(totals.totalExcludingTax) }]),
    ...taxes.map(({ label, amount }) => ({ label, amount: money(amount) })),
    { label: total, amount: money(totals.total), strong: true },
  ];
}

/** Without the tax in inclusive prices, they are the sums of what the lines show then. */
function shownTotals({ lines, subtotal, totalDiscountAmounts, totalCreditAmounts }: Totals, writing: Writing) {
  if (!writing.withoutTax) {
    return { subtotal, discounts: totalDiscountAmounts, credits: sumOf(totalCreditAmounts.map(({ amount }) => amount)) };
  }
  const shown = lines.map((line) => shownOf(line, writing));
  const off = shown.flatMap((line) => line.discountAmounts);
  return {
    subtotal: sumOf(shown.map(({ amount }) => amount)),
    discounts: totalDiscountAmounts.map(({ discount }) => ({
      discount,
      amount: sumOf(off.filter((each) => each.discount === discount).map(({ amount }) => amount)),
    })),
    credits: sumOf(shown.flatMap((line) => line.creditAmounts.map(({ amount }) => amount))),
  };
}

/** The tax in the currency of its country, with the rate, its date and its source (VAT directive, art. 230). */
export function nationalTaxSums(nationalTax: NationalTax | null, { language: { words }, formats, currency: from }: Writing): Sum[] {
  if (nationalTax === null || nationalTax.amount === null || nationalTax.exchangeRate === null) return [];
  const { currency, amount, exchangeRate } = nationalTax;
  const [one, other] = [from.toUpperCase(), currency.toUpperCase()];
  const rate = `1 ${one} = ${formats.quantity(exchangeRate.rate)} ${other}`;
  const facts = [rate, formats.date(Date.parse(exchangeRate.day) / 1000), exchangeRate.source].filter((fact) => fact !== null);
  return [{ label: `${fill(words.taxIn, { currency: other })} (${facts.join(', ')})`, amount: formats.money(amount, currency) }];
}

/** A unit price without the tax that is in it is seldom exact, so it has some decimals more than its currency. */
const MORE_DECIMALS = 2;

/** A line as the document shows it: with the tax that is in an inclusive price, or with its amount, discounts and credit without that tax. */
export function shownOf<Line extends TaxedLine>(line: Line, { withoutTax }: Pick<Writing, 'withoutTax'>): Line {
  const inside = inclusiveTaxOf(line.taxes);
  if (!withoutTax || inside === 0) return line;
  const amount = line.amount - multiplyRatio(line.amount, inside, amountAfterCredits(line));
  const { discountAmounts, creditAmounts } = line;
  const taken = [...discountAmounts, ...creditAmounts].map((each) => Math.abs(each.amount));
  const shares = allocate(amount - netLine(line), taken);
  const shared = <Part extends { amount: number }>(parts: readonly Part[]): Part[] =>
    parts.map((part) => ({ ...part, amount: shares.shift() ?? 0 }));
  return { ...line, amount, discountAmounts: shared(discountAmounts), creditAmounts: shared(creditAmounts) };
}

/** The unit price of a line as it is shown. */
export function shownUnitPrice(
  line: TaxedLine & { quantity: number | null; unitAmountDecimal: string | null },
  writing: Pick<Writing, 'withoutTax'>,
): string | null {
  const { amount } = shownOf(line, writing);
  if (amount === line.amount || line.unitAmountDecimal === null || !line.quantity) return line.unitAmountDecimal;
  return new BigNumber(amount).dividedBy(line.quantity).decimalPlaces(MORE_DECIMALS).toFixed();
}

/** Discounts with what they take off, by the name that their coupon shows. */
export function discountsOf(amounts: readonly DiscountAmount[], writing: Writing): { label: string; amount: number }[] {
  return amounts.filter(({ amount }) => amount !== 0).map(({ discount, amount }) => ({ label: discountName(discount, writing), amount }));
}

function discountName(id: string, { rows, language, formats, currency }: Writing): string {
  const discount = rows.find('discount', id);
  const coupon = discount && rows.find('coupon', discount.coupon);
  if (!coupon) return language.words.discount;
  const off = coupon.percentOff === null ? null : formats.percent(coupon.percentOff);
  const amount = coupon.amountOff === null ? null : formats.money(coupon.amountOff, coupon.currency ?? currency);
  return `${coupon.name ?? language.words.discount} (−${off ?? amount ?? ''})`;
}

/** One row for each rate: a law wants the taxable amount and the tax of each. */
interface TaxOfRate {
  label: string;
  name: string;
  rate: string;
  net: number;
  amount: number;
}

function taxesOf(
  totals: Pick<Totals, 'lines' | 'totalTaxes'>,
  { rows, language: { words }, formats, currency, withoutTax }: Writing,
): TaxOfRate[] {
  return totals.totalTaxes.map((tax) => {
    const net = netOf(tax, totals.lines);
    const rate = rows.find('taxRate', tax.tax_rate);
    const name = rate ? nameOf(rate, words) : words.tax;
    const reason = reasonOf(tax.taxability_reason, { words });
    const percent = reason ?? (rate ? formats.percent(rate.percentage) : '');
    const base = ` · ${formats.money(net, currency)}`;
    const label = `${name} ${percent}${base}`;
    const isIncluded = tax.tax_behavior === 'inclusive' && tax.amount !== 0 && !withoutTax;
    return {
      label: isIncluded ? fill(words.included, { tax: label }) : label,
      name,
      rate: percent,
      net,
      amount: tax.amount,
    };
  });
}

/** Value added tax of automatic tax, and a tax that is not collected, have the language's names. A rate of the seller has the name that the seller gave it. */
function nameOf({ isAutomatic, taxType, displayName }: TaxRate, { tax, valueAddedTax }: Language['words']): string {
  if (!isAutomatic) return displayName;
  return taxType === 'vat' ? valueAddedTax : taxType === null ? tax : displayName;
}

/** What a tax is on. Rows of untaxed sales say zero, but a document names the amount that is not taxed. */
export function netOf(tax: TaxAmount, lines: readonly TaxedLine[]): number {
  if (tax.taxable_amount !== null && (tax.taxable_amount !== 0 || tax.amount !== 0)) return tax.taxable_amount;
  const untaxed = lines.filter(({ taxes }) => taxes.some((each) => each.tax_rate === tax.tax_rate && each.amount === 0));
  return sumOf(untaxed.map(netLine));
}

/** Why a line has no tax; null where it has. */
export function reasonOf(taxability: string, { words }: Pick<Language, 'words'>): string | null {
  const reasons: Record<string, string> = {
    reverse_charge: words.reverseCharge,
    customer_exempt: words.exempt,
    product_exempt: words.exempt,
    product_exempt_holiday: words.exempt,
    zero_rated: words.zeroRated,
    not_subject_to_tax: words.outsideScope,
    not_collecting: words.notCollected,
    not_supported: words.notCollected,
  };
  return reasons[taxability] ?? null;
}

/** The tax of each rate with what it is on, and both together. */
export function taxTable(totals: Pick<Totals, 'lines' | 'totalTaxes'>, writing: Writing): SheetTable[] {
  const { words } = writing.language;
  const known = taxesOf(totals, writing);
  if (known.length === 0) return [];
  const money = (amount: number): string => writing.formats.money(amount, writing.currency);
  return [
    {
      heading: words.taxByRate,
      columns: [words.tax, words.rate, words.net, words.tax, words.gross],
      rows: known.map(({ name, rate, net, amount }) => [name, rate, money(net), money(amount), money(net + amount)]),
    },
  ];
}
