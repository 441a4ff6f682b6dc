/** Mails that wait for the mail server, and what a mail shows of its seller. */
import { brandingOf } from '../domain/checkout/branding';
import type { Scope } from '../domain/core/steps';
import { modeOf, type Account, type AccountSettings } from '../domain/rows/account';
import type { BrandingSettings } from '../domain/rows/branding-settings';
import type { Mail, MailContent, MailSeller } from '../domain/rows/mail';
import type { Sql, TransactionSql } from './connect';
import type { Rows } from '../domain/rows/rows';
import { fromJson } from './json-rows';
import { byKey, byKeys, loadMatching } from './matching';

/** @param now real epoch seconds */
export function sendersWithDueMails(sql: TransactionSql, now: number): Promise<Scope[]> {
  return sql<Scope[]>`select distinct account, livemode from mails where status = 'pending' and next_try_at <= ${now}`;
}

/** Mails whose turn it is by the clock of the database, which all workers share. The oldest first. */
export async function dueMails(sql: Sql, { account, livemode }: Scope, limit: number): Promise<Pick<Mail, 'id' | 'kind'>[]> {
  return sql<Pick<Mail, 'id' | 'kind'>[]>`
    select id, kind from mails where account = ${account} and livemode = ${livemode} and status = 'pending'
      and next_try_at <= extract(epoch from now())
    order by next_try_at, seq limit ${limit}`;
}

/** Seconds until the next mail is due; null if none waits. */
export async function secondsToNextMail(sql: Sql, { account, livemode }: Scope): Promise<number | null> {
  const [row] = await sql<{ seconds: number | null }[]>`
    select greatest(0, ceil(min(next_try_at) - extract(epoch from now())))::int as seconds
    from mails where account = ${account} and livemode = ${livemode} and status = 'pending'`;
  return row?.seconds ?? null;
}

/**
 * The account and the customers of mails that a commit writes.
 *
 * @param customers null for guests
 */
export async function loadMailFacts(tx: TransactionSql, scope: Scope, customers: readonly (string | null)[]): Promise<Rows> {
  const named = [...new Set(customers)].filter((id) => id !== null);
  const rows = await loadMatching(tx, scope, [byKey('account', scope.account), byKeys('customer', named)]);
  const isMissing = rows.all('account').length === 0 || named.some((id) => rows.find('customer', id) === undefined);
  if (isMissing) throw new Error(`a mail is of the account ${scope.account}, or to ${named.join()}, which is not there`);
  return rows;
}

/** A mail with what it shows of its seller. */
export interface MailToShow {
  mail: Mail;
  settings: AccountSettings;
  seller: MailSeller;
  /** No mail is sent to its address. */
  isSuppressed: boolean;
}

interface Found {
  mail: Record<string, unknown>;
  isSuppressed: boolean;
}

export async function findMail(sql: Sql, id: string): Promise<MailToShow | null> {
  const [found] = await sql<Found[]>`
    select to_jsonb(m) as mail,
      exists (select 1 from mail_suppressions s where s.account = m.account and s.livemode = m.livemode and not s.deleted
        and lower(s.email) = lower(m.recipient)) as is_suppressed
    from mails m where m.id = ${id}`;
  if (!found) return null;
  const mail = fromJson(found.mail) as unknown as Mail;
  return { mail, isSuppressed: found.isSuppressed, ...(await findMailSeller(sql, mail)) };
}

interface FoundSeller {
  account: Record<string, unknown>;
  branding: BrandingSettings['branding'] | null;
  loginUrl: string | null;
}

/** What the mails of an account show of it. */
export async function findMailSeller(sql: Sql, { account: id, livemode }: Scope): Promise<Pick<MailToShow, 'seller' | 'settings'>> {
  const [found] = await sql<FoundSeller[]>`
    select to_jsonb(a) as account,
      (select b.branding from branding_settings b where b.account = a.id and b.livemode = ${livemode}) as branding,
      (select c.login_page ->> 'url' from portal_configurations c where c.account = a.id and c.livemode = ${livemode}
        and c.active and (c.login_page ->> 'enabled')::boolean order by c.is_default desc, c.created limit 1) as login_url
    from accounts a where a.id = ${id}`;
  if (!found) throw new Error(`there is no account ${id}`);
  const account = fromJson(found.account) as unknown as Account;
  const settings = account.settings[modeOf({ livemode })];
  const branding = brandingOf(account, found.branding === null ? undefined : { branding: found.branding });
  return { settings, seller: { branding, footer: settings.mail.footer, loginUrl: found.loginUrl, isTest: !livemode } };
}

/**
 * Keeps the words before they are sent, and keeps other tries away for some seconds. False: another try is at it, or it is not to be sent any more,
 * because its customer was erased a moment ago.
 */
export async function beginMail(sql: Sql, id: string, { content, seconds }: { content: MailContent; seconds: number }): Promise<boolean> {
  const begun = await sql`
    update mails set content = ${sql.json({ ...content })}, tries = tries + 1, next_try_at = extract(epoch from now()) + ${seconds}
    where id = ${id} and status = 'pending' and next_try_at <= extract(epoch from now()) returning id`;
  return begun.length > 0;
}

export async function markMailSent(sql: Sql, id: string, at: number): Promise<void> {
  await sql`
    update mails set status = 'sent', sent_at = ${at}, problem = null, next_try_at = null, recipient = ${recipientAfter(sql)}
    where id = ${id} and status = 'pending'`;
}

/** Of `isFarewell` no address is kept. */
const recipientAfter = (sql: Sql) => sql`case when kind = 'request_answered' and customer is null then '' else recipient end`;

/** It was not sent, for now or for good. */
export async function leaveMail(sql: Sql, id: string, change: Pick<Mail, 'nextTryAt' | 'problem' | 'status'>): Promise<void> {
  const { status, problem, nextTryAt } = change;
  await sql`
    update mails set status = ${status}, problem = ${problem}, next_try_at = ${nextTryAt},
      recipient = ${status === 'pending' ? sql`recipient` : recipientAfter(sql)}
    where id = ${id} and status = 'pending'`;
}
