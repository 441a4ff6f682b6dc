import { findAccount } from '../../db/accounts';
import type { Sql } from '../../db/connect';
import type { Scope } from '../../domain/core/steps';
import { settingsOf, type Responsibilities } from '../../domain/rows/account';

/** Who is responsible for what, as the seller says. */
export async function loadResponsibilities(sql: Sql, { account: id, livemode }: Scope): Promise<Responsibilities> {
  const account = await findAccount(sql, id);
  if (account === null) throw new Error(`there is no account ${id}`);
  return settingsOf(account, { livemode }).responsibilities;
}
