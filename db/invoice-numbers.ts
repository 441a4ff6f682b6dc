/** Which invoice numbers are taken. */
import type { TransactionSql } from './connect';

interface Scope {
  account: string;
  livemode: boolean;
}

/** Each number, and whether an invoice of the account has it. */
export async function takenNumbers(
  tx: TransactionSql,
  { account, livemode }: Scope,
  numbers: readonly string[],
): Promise<Map<string, boolean>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx<{ number: string }[]>`
    select number from invoices where account = ${account} and livemode = ${livemode} and number = any(${numbers as string[]}::text[])`;
  const taken = new Set(rows.map(({ number }) => number));
  return new Map(numbers.map((number) => [number, taken.has(number)]));
}
