/**
 * What a consumer gets back who withdraws: everything, or what is left after the share of the service that was provided on its express
 * request (Directive 2011/83/EU, articles 13, 14(3) and 14(4)).
 */

/** What an invoice billed for a span of time. */
export interface BilledSpan {
  /** Minor units, after discounts, with tax. */
  amount: number;
  /** The half-open span [from, to), epoch seconds. */
  from: number;
  to: number;
}

export interface Withdrawn {
  /** What was paid and is not refunded yet. Minor units, with tax. */
  paid: number;
  spans: readonly BilledSpan[];
  /** What the same payment paid for other contracts, which stay. Minor units, after discounts, with tax. */
  others: number;
  /** When the consumer has declared it. Epoch seconds. */
  at: number;
  /** When the consumer has asked that the service begins at once; null: never, so it owes nothing. */
  consentAt: number | null;
}

/** Rounded once, in favor of the consumer. */
export function withdrawalRefund({ paid, spans, others, at, consentAt }: Withdrawn): number {
  const billed = spans.filter(({ amount, from, to }) => amount > 0 && to > from);
  const own = sumOf(billed.map(({ amount }) => BigInt(amount)));
  const kept = BigInt(Math.max(others, 0));
  if (own === 0n) return kept > 0n ? 0 : paid;
  // A common denominator keeps the sum exact.
  const denominator = billed.reduce((product, { from, to }) => product * BigInt(to - from), 1n);
  const provided =
    consentAt === null
      ? 0n
      : sumOf(billed.map((span) => (BigInt(span.amount) * providedSeconds(span, at) * denominator) / BigInt(span.to - span.from)));
  return paid - Number((BigInt(paid) * (kept * denominator + provided)) / ((own + kept) * denominator));
}

const providedSeconds = ({ from, to }: BilledSpan, at: number): bigint => BigInt(Math.min(Math.max(at - from, 0), to - from));

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

const DAY = 86_400;

/** The last second in which a consumer may withdraw: the end of the day, UTC, that is so many days after the day of the contract. */
export function withdrawalEnd(contractAt: number, days: number): number {
  return Math.floor(contractAt / DAY) * DAY + (days + 1) * DAY - 1;
}
