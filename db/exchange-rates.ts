/** The exchange rates that plans ask for. */
import { keyOfRates } from '../domain/core/change-set';
import type { RateQuestion, SourcedRate } from '../domain/rows/exchange-rate';
import type { TransactionSql } from './connect';
import type { Scope } from './ledger/balances';

/** The rates that each question asks for, by its key. */
export async function ratesBetween(
  tx: TransactionSql,
  { account, livemode }: Scope,
  questions: readonly RateQuestion[],
): Promise<Map<string, SourcedRate[]>> {
  const found = new Map<string, SourcedRate[]>();
  for (const question of questions) {
    const { from, to, since, day } = question;
    const rates = await tx<SourcedRate[]>`
      select from_currency, to_currency, rate, day, source from exchange_rates
      where account = ${account} and livemode = ${livemode} and from_currency = ${from} and to_currency = ${to}
        and day between ${since} and ${day}`;
    found.set(keyOfRates(question), rates);
  }
  return found;
}
