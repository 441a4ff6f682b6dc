/** Discounts worked out again, slowly and with whole numbers of any size: what one discount takes off each of some amounts. */

/** `off` of `of`, a percentage in ten-thousandths of a percent, rounded half away from zero. */
const percent = (of: bigint, units: bigint): bigint => (of * units * 2n + 1_000_000n) / 2_000_000n;

/** Each its part in proportion, cut off, and what is missing to those that lost most by that, the first of equals first. */
function split(whole: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n || whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (whole * weight) / sum);
  const lost = weights.map((weight, index) => ({ index, by: (whole * weight) % sum }));
  lost.sort((a, b) => (a.by === b.by ? a.index - b.index : a.by > b.by ? -1 : 1));
  let missing = whole - parts.reduce((a, b) => a + b, 0n);
  for (const { index } of lost) {
    if (missing === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    missing -= 1n;
  }
  return parts;
}

const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

export function takenByPercent(left: bigint[], percentage: string): bigint[] {
  const [whole = '0', decimals = ''] = percentage.split('.');
  const units = BigInt(whole + decimals.padEnd(4, '0'));
  const of = (amounts: bigint[]): bigint[] =>
    split(
      percent(
        amounts.reduce((a, b) => a + b, 0n),
        units,
      ),
      amounts,
    );
  const charged = of(left.map(positive));
  const credited = of(left.map((amount) => positive(-amount)));
  return left.map((_, index) => (charged[index] ?? 0n) - (credited[index] ?? 0n));
}

export function takenByAmount(left: bigint[], amount: bigint): bigint[] {
  const due = positive(left.reduce((a, b) => a + b, 0n));
  return split(amount < due ? amount : due, left.map(positive));
}
