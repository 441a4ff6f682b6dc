/**
 * A customer's remaining credit, less the part that unbilled usage will take: running periods up to this second, drafts, and items that
 * wait for an invoice. 1000 granted and 130 calls at 2 so far leave 740. If usage exceeds the credit, the result is negative and the next
 * credit settles that first.
 */
import { availableGrants } from '../credit/balance';
import { creditCounts } from '../credit/summary';
import type { CreditTerms } from '../rows/credit-top-up';
import { amountAfterCredits, applyCredits, type Creditable } from '../line/credits';
import { sumOf } from '../money/money';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { itemsOf } from '../subscription-item/items';
import { unbilledLines } from '../usage/unbilled-lines';

/**
 * Remaining credit of the grants that apply to these prices. Null while a renewal is due, because until it runs usage cannot be assigned to
 * one of the two periods.
 */
export function creditsLeft(
  rows: Rows,
  customer: string,
  { currency, prices }: Pick<CreditTerms, 'currency' | 'prices'>,
  now: number,
): number | null {
  const billed = rows.where(
    'subscription',
    (each) => each.customer === customer && each.currency === currency && !DEAD.includes(each.status),
  );
  if (billed.some((subscription) => isRenewalDue(rows, subscription, now))) return null;
  let grants = availableGrants(rows, customer, currency, now);
  const unpaid: number[] = [];
  for (const lines of unbilledLines(rows, { customer, currency }, billed, now)) {
    const paid = applyCredits(lines, grants);
    const taken = paid.flatMap((line) => line.creditAmounts);
    grants = grants.map((grant) => ({ ...grant, balance: grant.balance - sumOf(amountsOf(taken, grant.id)) }));
    const open = paid.filter(({ basis, price }) => basis?.usage && (prices === null || (price !== null && prices.includes(price))));
    unpaid.push(Math.max(0, Math.min(sumOf(open.map(amountAfterCredits)), sumOf(paid.map(amountAfterCredits)))));
  }
  const left = grants.filter((grant) => creditCounts(grant, { prices })).map(({ balance }) => balance);
  return sumOf(left) - sumOf(unpaid);
}

const DEAD: Subscription['status'][] = ['canceled', 'incomplete_expired', 'incomplete'];
const RENEWING: Subscription['status'][] = ['active', 'past_due', 'trialing'];

const amountsOf = (taken: Creditable['creditAmounts'], grant: string): number[] =>
  taken.filter((each) => each.credit_grant === grant).map(({ amount }) => amount);

function isRenewalDue(rows: Rows, { id, status }: Subscription, now: number): boolean {
  return RENEWING.includes(status) && itemsOf(rows, id).some(({ currentPeriodEnd }) => currentPeriodEnd <= now);
}
