/** When an agent may not act alone. */

/** Up to so much, in the minor unit, an agent acts without a person. */
export interface AgentLimit {
  currency: string;
  amount: number;
}

/** Without any limit, an agent may do what its key may. With some, a currency that has none needs an approval for every amount. */
export function needsApproval(limits: readonly AgentLimit[], { amount, currency }: { amount: number; currency: string }): boolean {
  if (limits.length === 0 || amount === 0) return false;
  const limit = limits.find((each) => each.currency === currency);
  return limit === undefined || amount > limit.amount;
}
