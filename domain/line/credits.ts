/**
 * What credit grants pay of an invoice's lines: metered usage, after discounts and before tax. 600 of usage with grants of 500 and 300
 * takes all of the first and 100 of the second. A grant's payment is divided over its lines by largest remainder.
 */
import type { CreditAmount, DiscountAmount, LineContent } from '../rows/invoice';
import { amountAfterDiscounts } from './discounts';
import { allocate, sumOf } from '../money/money';

/** A grant that can pay now. */
export interface AvailableCredit {
  id: string;
  /** Minor units of the invoice's currency. */
  balance: number;
  /** Null: usage of every price. */
  prices: string[] | null;
}

/** A line during the calculation, with its discounts and credits so far. */
export interface Creditable extends Pick<LineContent, 'amount' | 'price'> {
  /** Whether it bills usage. */
  basis: { usage?: unknown } | null;
  discountAmounts: DiscountAmount[];
  creditAmounts: CreditAmount[];
}

/** An amount, and what was taken off it. */
export interface Reduced {
  amount: number;
  discountAmounts: readonly { amount: number }[];
  creditAmounts: readonly { amount: number }[];
}

/** The cost of a line after its discounts and credits, before exclusive tax. */
export function amountAfterCredits(line: Reduced): number {
  return amountAfterDiscounts(line) - sumOf(line.creditAmounts.map((credit) => credit.amount));
}

/** Applies `grants` in their order. */
export function applyCredits<L extends Creditable>(lines: L[], grants: AvailableCredit[]): L[] {
  return grants.reduce(applyGrant, lines);
}

/**
 * A grant pays charges, but never more than the net of charges and negative lines: on its own lines, for all usage, and on the whole
 * invoice. Otherwise credit would pay an amount that a correction or a maximum spend gives back, and become customer balance.
 */
function applyGrant<L extends Creditable>(lines: L[], grant: AvailableCredit): L[] {
  const eligible = lines.filter((line) => pays(grant, line));
  const left = eligible.map(amountAfterCredits);
  const most = Math.min(grant.balance, sumOf(left), leftOf(lines.filter(isUsage)), leftOf(lines));
  if (most <= 0) return lines;
  const parts = allocate(
    most,
    left.map((amount) => Math.max(amount, 0)),
  );
  const partOf = new Map(eligible.map((line, index) => [line, parts[index] ?? 0]));
  return lines.map((line) => {
    const amount = partOf.get(line) ?? 0;
    if (amount === 0) return line;
    return { ...line, creditAmounts: [...line.creditAmounts, { amount, credit_grant: grant.id, credit_balance_transaction: null }] };
  });
}

function pays({ prices }: AvailableCredit, { basis, price }: Creditable): boolean {
  return isUsage({ basis }) && (prices === null || (price !== null && prices.includes(price)));
}

const isUsage = ({ basis }: Pick<Creditable, 'basis'>): boolean => basis?.usage !== undefined;

const leftOf = (lines: Creditable[]): number => sumOf(lines.map(amountAfterCredits));
