/** What a rule would have done to past payments: where it matches, and what came of those payments. */

export const PAST_OUTCOMES = ['disputed', 'refunded', 'blocked', 'failed', 'succeeded'] as const;
export type PastOutcome = (typeof PAST_OUTCOMES)[number];

export interface PastPayment {
  attempt: string;
  charge: string | null;
  amount: number;
  currency: string;
  status: 'failed' | 'succeeded';
  blocked: boolean;
  refunded: boolean;
  /** Disputed, or the card's bank has warned of it. */
  fraud: boolean;
  /** A rule or a list had allowed it, which stands above blocks and reviews. */
  allowed: boolean;
}

export interface OutcomeOfTest {
  outcome: PastOutcome;
  payments: number;
  /** Of the payments, those that an allow rule would still let through. */
  overridden: number;
  /** Minor units, by currency. */
  amounts: Record<string, number>;
  /** Some of the charges, the newest first. */
  examples: string[];
}

const EXAMPLES = 5;

function outcomeOf({ blocked, fraud, refunded, status }: PastPayment): PastOutcome {
  if (fraud) return 'disputed';
  if (status === 'failed') return blocked ? 'blocked' : 'failed';
  return refunded ? 'refunded' : 'succeeded';
}

/** The payments that the rule matches, the newest first, by what came of them. */
export function sortPast(matched: readonly PastPayment[]): OutcomeOfTest[] {
  return PAST_OUTCOMES.map((outcome) => {
    const such = matched.filter((payment) => outcomeOf(payment) === outcome);
    const amounts = new Map<string, number>();
    for (const { amount, currency } of such) amounts.set(currency, (amounts.get(currency) ?? 0) + amount);
    return {
      outcome,
      payments: such.length,
      overridden: such.filter(({ allowed }) => allowed).length,
      amounts: Object.fromEntries([...amounts].toSorted(([a], [b]) => a.localeCompare(b))),
      examples: such.flatMap(({ charge }) => charge ?? []).slice(0, EXAMPLES),
    };
  });
}
