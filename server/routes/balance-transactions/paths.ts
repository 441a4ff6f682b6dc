/** Balance transactions have two paths: `balance/history` is their older name. */
export const COLLECTIONS = ['balance_transactions', 'balance/history'] as const;
export type Collection = (typeof COLLECTIONS)[number];
