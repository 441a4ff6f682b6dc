/**
 * Explains an invoice: for each line the rule, the numbers and the sums in order, as a person would write them down, and the result of
 * recomputing them. Amounts in sums are minor units, except where two currencies are in one.
 */
import BigNumber from 'bignumber.js';
import { balanceUsed } from './credited';
import type { Invoice, InvoiceLineItem, TaxAmount } from '../rows/invoice';
import { linesOf } from '../line/draft';
import type { LineBasis, LineRule } from '../rows/line-basis';
import { amountAfterCredits } from '../line/credits';
import { waivedOf } from '../line/taxes';
import { exponentOf } from '../money/currency';
import { decimalText, negate, shareOf, sumOf } from '../money/money';
import { exactOf, fullAmount } from '../price/rating';
import type { Rows } from '../rows/rows';

export interface LineExplanation {
  line: InvoiceLineItem;
  rule: LineRule;
  /** One sum each, in order; the last one gives the line's amount. */
  steps: string[];
  discounts: { discount: string; amount: number; step: string }[];
  credits: { credit_grant: string; amount: number; step: string }[];
  taxes: { tax: TaxAmount; step: string }[];
}

export interface TotalExplanation {
  of: 'subtotal' | 'discounts' | 'credits' | 'tax' | 'total' | 'balance' | 'credit_notes' | 'amount_due';
  amount: number;
  step: string;
}

/** The total tax in the currency of its country, which is another than the invoice's. */
export interface NationalTaxExplanation {
  currency: string;
  amount: number | null;
  step: string;
}

interface InvoiceExplanation {
  lines: LineExplanation[];
  totals: TotalExplanation[];
  /** Null: the invoice states its tax in its own currency only. */
  nationalTax: NationalTaxExplanation | null;
}

export function explainInvoice(rows: Rows, invoice: Invoice): InvoiceExplanation {
  const lines = linesOf(rows, invoice.id);
  return {
    lines: lines.map((line) => explainLine(rows, line)),
    totals: explainTotals(invoice, lines),
    nationalTax: explainNationalTax(invoice),
  };
}

function explainNationalTax({ currency: from, totalTaxes, nationalTax }: Invoice): NationalTaxExplanation | null {
  if (nationalTax === null) return null;
  const { currency, amount, exchangeRate } = nationalTax;
  const total = inUnits(sumOf(totalTaxes.map((tax) => tax.amount)), from);
  if (amount === null || exchangeRate === null) return { currency, amount, step: `${total}: nobody had entered a rate to ${currency}` };
  const { rate, day, source } = exchangeRate;
  const published = source === null ? day : `${source}, ${day}`;
  return { currency, amount, step: `${total} × ${rate} (${published}), rounded once = ${inUnits(amount, currency)}` };
}

/** A rate is between whole units, and the decimals of currencies differ: 2300 of eur is `23.00 eur`. */
const inUnits = (amount: number, currency: string): string =>
  `${new BigNumber(amount).shiftedBy(-exponentOf(currency)).toFormat(exponentOf(currency), { decimalSeparator: '.', groupSeparator: '' })} ${currency}`;

/** Recomputes a line's amount from its stored basis. */
export function redo(basis: LineBasis): number {
  const exact = exactAgain(basis);
  const base = basis.beyond ? String(basis.full) : decimalText(exact);
  const share = basis.share ? shareOf(base, basis.share.seconds, basis.share.of) : fullAmount(exact);
  return (basis.credit ? negate(share) : share) - (billedOf(basis) ?? 0);
}

function exactAgain({ tiers, unit_amount_decimal: unit, quantity, package: packs, full }: LineBasis): BigNumber {
  if (tiers) return BigNumber.sum(0, ...tiers.map(tierAgain));
  if (unit === undefined) return new BigNumber(full);
  return new BigNumber(unit).times(packs?.packages ?? quantity ?? 0);
}

function tierAgain(tier: NonNullable<LineBasis['tiers']>[number]): BigNumber {
  return new BigNumber(tier.quantity).times(tier.unit_amount_decimal ?? 0).plus(tier.flat_amount_decimal ?? 0);
}

function explainLine(rows: Rows, line: InvoiceLineItem): LineExplanation {
  const { basis } = line;
  const steps = basis ? [...sums(basis), ...shareOfTime(basis), ...billedBefore(basis)] : [`${String(line.amount)}, as it was said`];
  return { line, rule: basis?.rule ?? 'amount', steps, ...explainReductions(rows, line), taxes: explainTaxes(rows, line) };
}

const sums = (basis: LineBasis): string[] => SUMS[basis.rule](basis);

const SUMS: Record<LineRule, (basis: LineBasis) => string[]> = {
  per_unit: (basis) => [`${basis.quantity ?? ''} × ${basis.unit_amount_decimal ?? ''} = ${rounded(basis)}`],
  package: packageSums,
  graduated: tierSums,
  volume: tierSums,
  debited: ({ full }) => [`${String(full)} was charged for the period, after discounts`],
  free: () => ['0: this time is not charged'],
  minimum_commitment: ({ full, spend }) => [
    full === 0
      ? `${String(spend?.spent)}, ${String(spend?.bound)} at least: 0`
      : `${String(spend?.bound)} at least - ${String(spend?.spent)} = ${String(full)}`,
  ],
  maximum_spend: ({ full, spend }) => [`${String(spend?.spent)}, ${String(spend?.bound)} at most: ${String(full)}`],
  amount: ({ full }) => [`${String(full)}, as it was said`],
};

function packageSums(basis: LineBasis): string[] {
  const { quantity = '', package: packs, unit_amount_decimal: unit = '' } = basis;
  const { divide_by: size = 1, round = 'up', packages = '' } = packs ?? {};
  return [`${quantity} ÷ ${String(size)}, rounded ${round}, = ${packages} packages`, `${packages} × ${unit} = ${rounded(basis)}`];
}

function tierSums(basis: LineBasis): string[] {
  const each = (basis.tiers ?? []).map((tier) => {
    const from = String(tier.above + 1);
    const name = tier.up_to === null ? `from ${from}` : `${from} to ${String(tier.up_to)}`;
    const flat = tier.flat_amount_decimal === null ? '' : ` + ${tier.flat_amount_decimal}`;
    return `${name}: ${tier.quantity} × ${tier.unit_amount_decimal ?? '0'}${flat} = ${tier.amount_decimal}`;
  });
  return [...each, `together ${rounded(basis)}`];
}

function rounded({ exact, full, beyond }: LineBasis): string {
  if (beyond) return `${exact ?? ''}, which is more than can be billed: ${String(full)}`;
  return exact === undefined || exact === String(full) ? String(full) : `${exact}, rounded ${String(full)}`;
}

function shareOfTime(basis: LineBasis): string[] {
  const [{ share, credit }, exact] = [basis, exactOf(basis)];
  if (!share) return [];
  const { seconds, of } = share;
  const amount = shareOf(exact, seconds, of);
  const sum = `${exact} × ${String(seconds)} s ÷ ${String(of)} s = ${String(amount)}`;
  return credit ? [`${sum}, given back: ${String(negate(amount))}`] : [sum];
}

function billedBefore(basis: LineBasis): string[] {
  const [{ full }, before] = [basis, billedOf(basis)];
  return before === null ? [] : [`${String(full)} - ${String(before)} that was billed before = ${String(full - before)}`];
}

const billedOf = ({ usage, spend }: LineBasis): number | null => usage?.billed_before?.amount ?? spend?.billed_before ?? null;

function explainReductions(rows: Rows, line: InvoiceLineItem): Pick<LineExplanation, 'discounts' | 'credits'> {
  return { discounts: explainDiscounts(rows, line), credits: explainCredits(line) };
}

function explainCredits(line: InvoiceLineItem): LineExplanation['credits'] {
  return line.creditAmounts.map(({ credit_grant, amount }, index) => {
    const left = amountAfterCredits({ ...line, creditAmounts: line.creditAmounts.slice(0, index) });
    return { credit_grant, amount, step: `of ${String(left)} that are left, ${String(amount)} are paid: ${String(left - amount)}` };
  });
}

function explainDiscounts(rows: Rows, line: InvoiceLineItem): LineExplanation['discounts'] {
  let left = line.amount;
  return line.discountAmounts.map(({ amount, discount }) => {
    const coupon = rows.find('coupon', rows.find('discount', discount)?.coupon ?? null);
    const share = line.basis?.off?.[discount];
    const step = share === undefined ? discountSum(coupon?.percentOff ?? null, left, amount) : shareOfPeriod(share, amount);
    left -= amount;
    return { discount, amount, step };
  });
}

const shareOfPeriod = (share: number, amount: number): string =>
  `of the amount off a whole period, ${String(share)} are for this item and time: ${String(amount)}`;

/** A discount is rounded once for all lines, so a line's part may differ by one from its own rounding. */
function discountSum(percentOff: string | null, left: number, amount: number): string {
  if (percentOff === null) return `of the amount off the whole, by the share of ${String(left)}: ${String(amount)}`;
  const exact = decimalText(new BigNumber(percentOff).times(left).shiftedBy(-2));
  return `${percentOff}% of ${String(left)} = ${exact === String(amount) ? exact : `${exact}; of the whole, rounded once, ${String(amount)}`}`;
}

function explainTaxes(rows: Rows, line: InvoiceLineItem): LineExplanation['taxes'] {
  const net = amountAfterCredits(line);
  return line.taxes.map((tax) => {
    const percent = rows.find('taxRate', tax.tax_rate)?.percentage ?? '';
    const step =
      tax.tax_behavior === 'exclusive'
        ? `${percent}% of ${String(tax.taxable_amount)} = ${String(tax.amount)}`
        : `${percent}% inside ${String(net)}: ${inside(net, tax)}`;
    return { tax, step };
  });
}

/** Several rates inside one price share its net. A waived tax is not paid. */
function inside(price: number, { amount, taxable_amount: taxable, waived }: TaxAmount): string {
  return waived === undefined ? `${String(taxable)} + ${String(amount)}` : `${String(waived)} of ${String(price)} are not owed`;
}

function explainTotals(invoice: Invoice, lines: InvoiceLineItem[]): TotalExplanation[] {
  const discounts = sumOf(invoice.totalDiscountAmounts.map(({ amount }) => amount));
  const credits = sumOf(invoice.totalCreditAmounts.map(({ amount }) => amount));
  const onTop = sumOf(invoice.totalTaxes.filter(({ tax_behavior: behavior }) => behavior === 'exclusive').map(({ amount }) => amount));
  const waived = sumOf(invoice.totalTaxes.map(waivedOf));
  const paid = credits === 0 ? '' : ` - ${String(credits)}`;
  const balance = negate(balanceUsed(invoice));
  const { subtotal, total, amountDue, prePaymentCreditNotesAmount: credited } = invoice;
  return [
    { of: 'subtotal', amount: subtotal, step: `${lines.map(({ amount }) => String(amount)).join(' + ') || '0'} = ${String(subtotal)}` },
    { of: 'discounts', amount: negate(discounts), step: `all discounts of all lines: ${String(negate(discounts))}` },
    ...(credits === 0
      ? []
      : [{ of: 'credits' as const, amount: negate(credits), step: `paid by credit grants: ${String(negate(credits))}` }]),
    { of: 'tax', amount: onTop - waived, step: taxStep(onTop, waived) },
    {
      of: 'total',
      amount: total,
      step: `${String(subtotal)} - ${String(discounts)}${paid} + ${String(onTop - waived)} = ${String(total)}`,
    },
    { of: 'balance', amount: balance, step: `of the customer's balance: ${String(balance)}` },
    ...(credited === 0
      ? []
      : [{ of: 'credit_notes' as const, amount: negate(credited), step: `credited before the payment: ${String(negate(credited))}` }]),
    {
      of: 'amount_due',
      amount: amountDue,
      step: `${String(total)} + ${String(balance)}${credited === 0 ? '' : ` - ${String(credited)}`} = ${String(amountDue)}`,
    },
  ];
}

function taxStep(onTop: number, waived: number): string {
  const added = `all taxes that are not within the prices: ${String(onTop)}`;
  return waived === 0 ? added : `${added}, less what is within them and not owed: ${String(waived)}`;
}
