/** The sessions of the console: by the hash of the cookie's token, never by the token. */
import { SESSION_IDLE_SECONDS, SESSION_SECONDS, SESSION_SEEN_SECONDS } from '../domain/authorization/logins';
import type { LoginMethod, User, UserSession } from '../domain/rows/user';
import type { Sql, TransactionSql } from './connect';
import { randomId } from './ids';
import { hashOfToken, newToken } from './users';

export interface NewSession {
  user: string;
  method: LoginMethod;
  livemode: boolean;
  ip: string;
  userAgent: string;
  now: number;
}

const USER_AGENT_MAX = 300;

/** @returns the token of the cookie, which is kept nowhere else */
export async function insertSession(sql: Sql, { user, method, livemode, ip, userAgent, now }: NewSession): Promise<string> {
  const token = newToken();
  await sql`
    insert into user_sessions (id, "user", created, token_hash, livemode, method, last_seen_at, expires_at, ip, user_agent)
    values (${randomId('ses')}, ${user}, ${now}, ${hashOfToken(token)}, ${livemode}, ${method}, ${now},
      ${now + SESSION_SECONDS}, ${ip}, ${userAgent.slice(0, USER_AGENT_MAX)})`;
  return token;
}

export interface FoundSession {
  session: Pick<UserSession, 'id' | 'created' | 'livemode' | 'lastSeenAt'>;
  user: Pick<User, 'id' | 'account' | 'name' | 'role'> & { email: string };
  /** The name of the account. */
  seller: string;
}

type Row = FoundSession['user'] & { session: string; began: number; livemode: boolean; lastSeenAt: number; seller: string };

/** A session that still counts, of a user who is not disabled. */
export async function findSession(sql: Sql, token: string, now: number): Promise<FoundSession | null> {
  const [row] = await sql<Row[]>`
    select s.id as session, s.created as began, s.livemode, s.last_seen_at, u.id, u.account, u.email, u.name, u.role, a.name as seller
    from user_sessions s join users u on u.id = s."user" join accounts a on a.id = u.account
    where s.token_hash = ${hashOfToken(token)} and s.revoked_at is null and s.expires_at > ${now}
      and s.last_seen_at > ${now - SESSION_IDLE_SECONDS} and u.disabled_at is null`;
  if (!row) return null;
  const { session: id, began: created, livemode, lastSeenAt, seller, ...user } = row;
  return { session: { id, created, livemode, lastSeenAt }, user, seller };
}

/** Records a use, unless one was recorded a moment ago. */
export async function markSeen(sql: Sql, { id, lastSeenAt }: Pick<UserSession, 'id' | 'lastSeenAt'>, now: number): Promise<void> {
  if (now - lastSeenAt < SESSION_SEEN_SECONDS) return;
  await sql`update user_sessions set last_seen_at = ${now} where id = ${id} and last_seen_at < ${now}`;
}

export async function setSessionMode(sql: Sql, id: string, livemode: boolean): Promise<void> {
  await sql`update user_sessions set livemode = ${livemode} where id = ${id}`;
}

/** The sessions of a user that still count, the newest first. */
export async function listSessions(sql: Sql, user: string, now: number): Promise<UserSession[]> {
  return sql<UserSession[]>`
    select id, "user", created, livemode, method, last_seen_at, expires_at, ip, user_agent from user_sessions
    where "user" = ${user} and revoked_at is null and expires_at > ${now} and last_seen_at > ${now - SESSION_IDLE_SECONDS}
    order by created desc, id limit 100`;
}

/** Ends all sessions of a user but one. */
export async function revokeOtherSessions(
  sql: Sql | TransactionSql,
  { user, kept, now }: { user: string; kept: string; now: number },
): Promise<void> {
  await sql`update user_sessions set revoked_at = ${now} where "user" = ${user} and revoked_at is null and id <> ${kept}`;
}

/**
 * Ends one session of a user, or all.
 *
 * @param id null for all
 * @returns how many have ended
 */
export async function revokeSessions(
  sql: Sql | TransactionSql,
  { user, id, now }: { user: string; id: string | null; now: number },
): Promise<number> {
  const ended = await sql`
    update user_sessions set revoked_at = ${now}
    where "user" = ${user} and revoked_at is null and ${id === null ? sql`true` : sql`id = ${id}`}`;
  return ended.count;
}
