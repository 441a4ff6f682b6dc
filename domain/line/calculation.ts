/**
 * The total of an invoice: its lines, less discounts and credits, plus tax. 1000 with 25% off and 20% exclusive tax is a subtotal of 1000,
 * a total without tax of 750, tax of 150 and a total of 900. Each step takes the lines and returns them with its own amounts. The totals
 * are only sums of the lines, so a negative invoice (credits) is not a special case.
 */
import type { Customer } from '../rows/customer';
import type { CreditAmount, DiscountAmount, Invoice, LineContent, TaxAmount } from '../rows/invoice';
import { amountAfterCredits, applyCredits, type AvailableCredit } from './credits';
import { applyInvoiceDiscounts, applyLineDiscounts, type AppliedDiscount } from './discounts';
import { isShipping } from './shipping';
import { taxByRates, type CalculateTax } from './tax-input';
import { amountOwed, inclusiveTaxIn, inclusiveTaxOf, netOf, sumTaxes } from './taxes';
import { multiplyRatio, sumOf } from '../money/money';
import type { AutomaticTaxTerms, TaxableLine, TaxInput } from '../rows/tax-calculation';
import type { TaxRate } from '../rows/tax-rate';
import { taxByEngine } from './engine-taxes';

/** `key` lets the caller find the line again. */
export type CalculationLine = LineContent & { key: string };
export type CalculatedLine = CalculationLine & { discountAmounts: DiscountAmount[]; creditAmounts: CreditAmount[]; taxes: TaxAmount[] };

export interface CalculationInput {
  currency: string;
  lines: CalculationLine[];
  /** Discounts of the whole invoice, in order. The caller has already decided which of them still apply (`discountApplies`). */
  discounts: AppliedDiscount[];
  /** The discounts that lines reference in `discounts`. */
  lineDiscounts?: AppliedDiscount[];
  /** Credit that can pay for usage, in the order of use. */
  credits?: AvailableCredit[];
  customerTaxExempt: Customer['taxExempt'];
  taxRates: Map<string, TaxRate>;
  /** For lines without their own rates. */
  defaultTaxRates: string[];
  /** With automatic tax: who sells where to whom, and what each line sells. The rates then count for credits only. */
  automatic?: { terms: AutomaticTaxTerms; supplyOf: (line: CalculationLine) => NonNullable<TaxableLine['supply']> };
  /** Calculates the tax of the lines. By default their tax rates do. */
  calculateTax?: CalculateTax;
}

/** The amounts of an invoice that follow from its lines. */
type CalculatedAmount =
  'subtotal' | 'subtotalExcludingTax' | 'total' | 'totalExcludingTax' | 'totalDiscountAmounts' | 'totalCreditAmounts' | 'totalTaxes';

export type InvoiceCalculation = Pick<Invoice, CalculatedAmount> & { lines: CalculatedLine[] };

type Step = (lines: CalculatedLine[], input: CalculationInput) => CalculatedLine[];

/** This order is the rule: a line's own discounts before the invoice's, then credits, then tax on the rest. */
const STEPS: Step[] = [discountLines, discountInvoice, payByCredits, taxLines];

/**
 * Calculates an invoice. All amounts are signed integers of the currency's minor unit. `total` = Σ lines - discounts - credits + exclusive
 * taxes - waived inclusive taxes. `totalExcludingTax` = `total` - all taxes. `subtotalExcludingTax` is the lines' amounts before discounts, without the inclusive
 * tax that they would contain undiscounted. So that of the goods never depends on discounts, like `subtotal`; no discount reduces the shipping cost, so
 * of that it has the net which is billed.
 *
 * @throws Error if a line is in another currency, or references a tax rate or discount that was not loaded
 */
export function calculateInvoice(input: CalculationInput): InvoiceCalculation {
  assertOneCurrency(input);
  const lines = STEPS.reduce((soFar, step) => step(soFar, input), input.lines.map(untouched));
  const taxes = lines.flatMap((line) => line.taxes);
  return {
    lines,
    subtotal: sumOf(lines.map((line) => line.amount)),
    subtotalExcludingTax: sumOf(lines.map((line) => line.amount)) - undiscountedInclusiveTax(lines, input),
    total: sumOf(lines.map(amountOwed)),
    totalExcludingTax: sumOf(lines.map(netOf)),
    totalDiscountAmounts: totalDiscounts(lines, input),
    totalCreditAmounts: lines.flatMap((line) => line.creditAmounts),
    totalTaxes: sumTaxes(taxes),
  };
}

function discountLines(lines: CalculatedLine[], input: CalculationInput): CalculatedLine[] {
  return applyLineDiscounts(lines, input.lineDiscounts ?? []);
}

function discountInvoice(lines: CalculatedLine[], input: CalculationInput): CalculatedLine[] {
  return applyInvoiceDiscounts(lines, input.discounts);
}

function payByCredits(lines: CalculatedLine[], input: CalculationInput): CalculatedLine[] {
  return applyCredits(lines, input.credits ?? []);
}

function taxLines(lines: CalculatedLine[], input: CalculationInput): CalculatedLine[] {
  const { currency, calculateTax = taxByRates } = input;
  const taxable = lines.map((line) => taxableOf(line, amountAfterCredits(line), input));
  const taxed = new Map(calculateTax({ currency, lines: taxable, ...termsOf(input) }).map(({ line, taxes }) => [line, taxes]));
  return lines.map((line) => ({ ...line, taxes: taxed.get(line.key) ?? [] }));
}

function taxableOf(line: CalculationLine, amount: number, input: CalculationInput): TaxableLine {
  const rates = ratesOf(line, input).map(({ id, percentage, basis, inclusive }) => ({ id, percentage, basis, inclusive }));
  const supply = input.automatic && !hasOwnTaxes(line) ? { supply: input.automatic.supplyOf(line) } : {};
  return { line: line.key, amount, rates, taxExempt: exemptionOf(line, input), ...supply };
}

const termsOf = ({ automatic }: CalculationInput): Pick<TaxInput, 'automatic'> => (automatic ? { automatic: automatic.terms } : {});

function untouched(line: CalculationLine): CalculatedLine {
  return { ...line, discountAmounts: [], creditAmounts: [], taxes: [] };
}

/** A credit for an earlier charge has the tax status of that charge. */
const exemptionOf = ({ basis }: CalculationLine, input: CalculationInput): Customer['taxExempt'] => basis?.taxed ?? input.customerTaxExempt;

function ratesOf(line: CalculationLine, input: CalculationInput): TaxRate[] {
  const ids = hasOwnTaxes(line) ? line.taxRates : input.defaultTaxRates;
  return ids.map((id) => {
    const rate = input.taxRates.get(id);
    if (!rate) throw new Error(`tax rate ${id} is not among the loaded facts`);
    return rate;
  });
}

/** Its own rates, or the taxes of the charge that it gives back, even if there were none. */
const hasOwnTaxes = ({ taxRates, basis }: CalculationLine): boolean => taxRates.length > 0 || basis?.taxed !== undefined;

/** The tax that the lines would contain without discounts. */
function undiscountedInclusiveTax(lines: CalculatedLine[], input: CalculationInput): number {
  if (lines.every((line) => amountAfterCredits(line) === line.amount)) return inclusiveTaxOf(lines.flatMap(({ taxes }) => taxes));
  const undiscounted = undiscountedTaxes(lines, input);
  return sumOf(lines.map((line) => (isShipping(line) ? inclusiveTaxOf(line.taxes) : (undiscounted.get(line.key) ?? 0))));
}

/** By line. A remote provider was asked about the discounted lines only: their tax grows in proportion, and the engine estimates that of what is free. */
function undiscountedTaxes(lines: CalculatedLine[], input: CalculationInput): Map<string, number> {
  const { currency, automatic } = input;
  if (!automatic) return new Map(lines.map((line) => [line.key, inclusiveTaxIn(line.amount, ratesOf(line, input))]));
  const taxable = lines.map((line) => taxableOf(line, line.amount, input));
  const byEngine = taxByEngine({ currency, lines: taxable, automatic: automatic.terms }).lines;
  const taxes = new Map(byEngine.map((line) => [line.line, inclusiveTaxOf(line.taxes)]));
  if (!automatic.terms.remote) return taxes;
  for (const line of lines) {
    const billed = amountAfterCredits(line);
    if (billed !== 0) taxes.set(line.key, multiplyRatio(line.amount, inclusiveTaxOf(line.taxes), billed));
  }
  return taxes;
}

/** One amount per discount, in the order of application. A discount of the invoice that reduces nothing shows zero. */
function totalDiscounts(lines: CalculatedLine[], input: CalculationInput): DiscountAmount[] {
  const ids = [...lines.flatMap((line) => line.discounts), ...input.discounts.map((discount) => discount.id)];
  const taken = new Map(ids.map((id): [string, number[]] => [id, []]));
  for (const { amount, discount } of lines.flatMap((line) => line.discountAmounts)) taken.get(discount)?.push(amount);
  return [...taken].map(([discount, amounts]) => ({ amount: sumOf(amounts), discount }));
}

function assertOneCurrency(input: CalculationInput): void {
  const stranger = input.lines.find((line) => line.currency !== input.currency);
  if (stranger) throw new Error(`line ${stranger.key} is in ${stranger.currency}, its invoice in ${input.currency}`);
}
