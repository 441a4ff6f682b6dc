/**
 * What credit grants pay of an invoice's lines: usage that was metered, after discounts and before tax. 600 of usage with grants of
 * 500 and 300 takes all of the first and 100 of the second. What one grant pays is divided over its lines by largest remainder.
 */
import type { CreditAmount, DiscountAmount, LineContent } from '../rows/invoice';
import { amountAfterDiscounts } from './discounts';
import { allocate, sumOf } from '../money/money';

/** A grant that may pay something now. */
export interface AvailableCredit {
  id: string;
  /** Minor units of the invoice's currency. */
  balance: number;
  /** Null: usage of every price. */
  prices: string[] | null;
}

/** A line on its way through the calculation, with what was taken off it and paid of it so far. */
export interface Creditable extends Pick<LineContent, 'amount' | 'price'> {
  /** Whether it bills usage. */
  basis: { usage?: unknown } | null;
  discountAmounts: DiscountAmount[];
  creditAmounts: CreditAmount[];
}

/** What a line costs after its discounts and credits; exclusive tax comes on top. */
export function amountAfterCredits(line: Pick<Creditable, 'amount' | 'discountAmounts' | 'creditAmounts'>): number {
  return amountAfterDiscounts(line) - sumOf(line.creditAmounts.map((credit) => credit.amount));
}

/** `grants` in the order in which they are used. */
export function applyCredits<L extends Creditable>(lines: L[], grants: AvailableCredit[]): L[] {
  return grants.reduce(applyGrant, lines);
}

/**
 * A grant pays charges, and never more than they come to with what is given back beside them: on its own lines, for all usage, and
 * on the whole invoice. What a correction or a maximum spend takes back is not paid first, to become money of the customer.
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
