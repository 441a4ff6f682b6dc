import type { Sql } from '../connect';
import type { Scope } from './balances';

/** The seller's codes by account of the ledger. */
export async function codesOf(sql: Sql, { account, livemode }: Scope): Promise<Map<string, string>> {
  const rows = await sql<{ ledgerAccount: string; code: string }[]>`
    select ledger_account, code from ledger_codes where account = ${account} and livemode = ${livemode}`;
  return new Map(rows.map(({ ledgerAccount, code }) => [ledgerAccount, code]));
}

/** Sets the code of an account; null removes it. */
export async function setCode(sql: Sql, { account, livemode }: Scope, ledgerAccount: string, code: string | null): Promise<void> {
  if (code === null) {
    await sql`delete from ledger_codes where account = ${account} and livemode = ${livemode} and ledger_account = ${ledgerAccount}`;
    return;
  }
  await sql`
    insert into ledger_codes (account, livemode, ledger_account, code) values (${account}, ${livemode}, ${ledgerAccount}, ${code})
    on conflict (account, livemode, ledger_account) do update set code = excluded.code`;
}

/** The tax accounts of places that a tax rate names, and the accounts that have a code. */
export async function accountsInUse(sql: Sql, { account, livemode }: Scope): Promise<string[]> {
  const rows = await sql<{ ledgerAccount: string }[]>`
    select 'tax_payable:' || coalesce(jurisdiction, concat_ws('-', nullif(country, ''), nullif(state, ''))) as ledger_account
    from tax_rates where account = ${account} and livemode = ${livemode}
    union select ledger_account from ledger_codes where account = ${account} and livemode = ${livemode}
    order by 1`;
  return rows.map(({ ledgerAccount }) => ledgerAccount);
}
