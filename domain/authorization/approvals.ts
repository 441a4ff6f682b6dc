/** When an agent may not act alone. */

/** Minor units. */
export interface MovedAmount {
  currency: string;
  amount: number;
}

/** Up to so much an agent acts without a person. */
export interface AgentLimit extends MovedAmount {
  /** Up to so much by all calls of one key within a day. Null: as much as single calls may move. */
  daily_amount: number | null;
}

/** Without any limit, an agent may do what its key may. With some, a currency that has none needs an approval for every amount. */
export function needsApproval(limits: readonly AgentLimit[], { amount, currency }: MovedAmount): boolean {
  if (limits.length === 0 || amount === 0) return false;
  const limit = limits.find((each) => each.currency === currency);
  return limit === undefined || amount > limit.amount;
}

/** Whether a key stays within its limits for a day, after what it has moved before. */
export function isWithinDay(limits: readonly AgentLimit[], before: readonly MovedAmount[], amounts: readonly MovedAmount[]): boolean {
  return amounts.every(({ amount, currency }) => {
    const most = limits.find((each) => each.currency === currency)?.daily_amount ?? null;
    const moved = before.find((each) => each.currency === currency)?.amount ?? 0;
    return most === null || moved + amount <= most;
  });
}

/** How a commit refuses what an agent has asked for. */
export const BEYOND_LIMITS = 'This would move more than an agent may without a person. Nothing has changed.';
