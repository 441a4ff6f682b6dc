/** The people who use the console: their passwords as hashes, and the links by which they set one. */
import { createHash, randomBytes } from 'node:crypto';
import { afterFailure, LINK_SECONDS, RESET_SECONDS } from '../domain/authorization/logins';
import type { UserChange } from '../domain/authorization/users';
import type { Role, User } from '../domain/rows/user';
import type { Sql, TransactionSql } from './connect';
import { randomId } from './ids';

/** Tokens have 32 random bytes, so guessing cannot reverse a plain hash. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

const columns = (sql: Sql | TransactionSql) => sql`
  u.id, u.account, u.created, u.email, u.name, u.role, u.failed_logins, u.locked_until, u.last_login_at, u.disabled_at,
  u.password is not null as has_password`;

export async function findUser(sql: Sql | TransactionSql, id: string): Promise<User | null> {
  const [user] = await sql<User[]>`select ${columns(sql)} from users u where u.id = ${id}`;
  return user ?? null;
}

/** For a login: the user with this address, and the hash of the password. */
export async function findUserByEmail(sql: Sql, email: string): Promise<(User & { password: string | null }) | null> {
  const [user] = await sql<(User & { password: string | null })[]>`
    select ${columns(sql)}, u.password from users u where lower(u.email) = lower(${email})`;
  return user ?? null;
}

/** The users of an account, the newest first. */
export async function listUsers(sql: Sql | TransactionSql, account: string): Promise<User[]> {
  return sql<User[]>`select ${columns(sql)} from users u where u.account = ${account} order by u.created desc, u.seq desc`;
}

/**
 * Changes a user. A disabled one is logged out.
 *
 * @param check is given all users of the account, which cannot change meanwhile, and refuses by throwing
 */
export async function changeUser(
  sql: Sql,
  { id, account }: Pick<User, 'id' | 'account'>,
  change: UserChange,
  { now, check }: { now: number; check: (users: readonly User[]) => void },
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select 1 from accounts where id = ${account} for no key update`;
    check(await listUsers(tx, account));
    if (change.name !== undefined) await tx`update users set name = ${change.name} where id = ${id}`;
    if (change.role !== undefined) await tx`update users set role = ${change.role} where id = ${id}`;
    if (change.disabled === false) await tx`update users set disabled_at = null where id = ${id}`;
    if (change.disabled !== true) return;
    await tx`update users set disabled_at = coalesce(disabled_at, ${now}) where id = ${id}`;
    await tx`update user_sessions set revoked_at = ${now} where "user" = ${id} and revoked_at is null`;
    await tx`update user_links set used_at = ${now} where "user" = ${id} and used_at is null`;
  });
}

export interface NewUser {
  account: string;
  email: string | null;
  name: string | null;
  role: Role;
  now: number;
}

/** @returns null if the address belongs to a user already */
export async function insertUser(sql: Sql | TransactionSql, { account, email, name, role, now }: NewUser): Promise<User | null> {
  const [made] = await sql<{ id: string }[]>`
    insert into users (id, account, created, email, name, role)
    values (${randomId('usr')}, ${account}, ${now}, ${email}, ${name}, ${role})
    on conflict do nothing returning id`;
  return made ? findUser(sql, made.id) : null;
}

/** A new link for the user. The earlier ones stop working. */
export async function insertLink(
  sql: Sql | TransactionSql,
  { id, now, token = newToken() }: { id: string; now: number; token?: string },
): Promise<string> {
  await sql`update user_links set used_at = ${now} where "user" = ${id} and used_at is null`;
  await sql`
    insert into user_links (id, "user", created, expires_at) values (${hashOfToken(token)}, ${id}, ${now}, ${now + LINK_SECONDS})`;
  return token;
}

/** A link that is mailed. The earlier ones that were mailed stop working; one from an owner goes on, or strangers could take it away. */
export async function insertReset(sql: Sql, { id, token, now }: { id: string; token: string; now: number }): Promise<void> {
  await sql`update user_links set used_at = ${now} where "user" = ${id} and used_at is null and purpose = 'reset'`;
  await sql`
    insert into user_links (id, "user", created, expires_at, purpose)
    values (${hashOfToken(token)}, ${id}, ${now}, ${now + RESET_SECONDS}, 'reset')`;
}

/** How many links a user was mailed since then. */
export async function countResets(sql: Sql, id: string, since: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from user_links where "user" = ${id} and purpose = 'reset' and created > ${since}`;
  return row?.count ?? 0;
}

/** Whose link it is, if it still works. */
export async function findLink(sql: Sql | TransactionSql, token: string, now: number): Promise<User | null> {
  const [user] = await sql<User[]>`
    select ${columns(sql)} from user_links l join users u on u.id = l."user"
    where l.id = ${hashOfToken(token)} and l.used_at is null and l.expires_at > ${now} and u.disabled_at is null`;
  return user ?? null;
}

/**
 * Sets the password by a link. It ends all sessions of the user and all links. One from an owner also removes the passkeys, and separates the user from its
 * identity at a provider: whoever had the user before is out.
 *
 * @returns `gone` if the link does not work any more, `taken` if the address belongs to another user
 */
export async function setPasswordByLink(
  sql: Sql,
  { token, password, email, now }: { token: string; password: string; email: string; now: number },
): Promise<User | 'gone' | 'taken'> {
  return sql.begin<User | 'gone' | 'taken'>(async (tx) => {
    const hash = hashOfToken(token);
    const [link] = await tx<{ user: string; purpose: 'reset' | 'setup' }[]>`
      select "user", purpose from user_links where id = ${hash} and used_at is null and expires_at > ${now} for update`;
    if (!link) return 'gone';
    const [other] = await tx`select 1 from users where lower(email) = lower(${email}) and id <> ${link.user}`;
    if (other) return 'taken';
    await tx`update user_links set used_at = ${now} where "user" = ${link.user} and used_at is null`;
    await tx`
      update users set password = ${password}, email = coalesce(email, ${email}), failed_logins = 0, locked_until = null where id = ${link.user}`;
    await tx`update user_sessions set revoked_at = ${now} where "user" = ${link.user} and revoked_at is null`;
    if (link.purpose === 'setup') {
      await tx`delete from user_identities where "user" = ${link.user}`;
      await tx`delete from passkeys where "user" = ${link.user}`;
    }
    return (await findUser(tx, link.user)) ?? 'gone';
  });
}

/** The user, and the hash of the password. */
export async function findUserWithPassword(sql: Sql, id: string): Promise<(User & { password: string | null }) | null> {
  const [user] = await sql<(User & { password: string | null })[]>`select ${columns(sql)}, u.password from users u where u.id = ${id}`;
  return user ?? null;
}

/** Sets the password of somebody who is logged in. Links that would set another stop working. */
export async function setPassword(
  sql: Sql | TransactionSql,
  { id, password, now }: { id: string; password: string; now: number },
): Promise<void> {
  await sql`update users set password = ${password}, failed_logins = 0, locked_until = null where id = ${id}`;
  await sql`update user_links set used_at = ${now} where "user" = ${id} and used_at is null`;
}

/** One more wrong password. The row is locked, so that guesses at the same time all count. */
export async function countFailedLogin(sql: Sql, id: string, now: number): Promise<void> {
  await sql.begin(async (tx) => {
    const [user] = await tx<Pick<User, 'failedLogins' | 'lockedUntil'>[]>`
      select failed_logins, locked_until from users where id = ${id} for update`;
    if (!user) return;
    const { failedLogins, lockedUntil } = afterFailure(user, now);
    await tx`update users set failed_logins = ${failedLogins}, locked_until = ${lockedUntil} where id = ${id}`;
  });
}

export async function recordLogin(sql: Sql, id: string, now: number): Promise<void> {
  await sql`update users set failed_logins = 0, locked_until = null, last_login_at = ${now} where id = ${id}`;
}

/** The link by which the first owner of an account sets a password. Null: there is an owner who can log in. */
export async function firstOwnerLink(sql: Sql, account: string, now: number = Math.floor(Date.now() / 1000)): Promise<string | null> {
  return sql.begin<string | null>(async (tx) => {
    await tx`select 1 from accounts where id = ${account} for no key update`;
    const owners = await tx<Pick<User, 'id' | 'hasPassword'>[]>`
      select u.id, u.password is not null as has_password from users u
      where u.account = ${account} and u.role = 'owner' and u.disabled_at is null order by u.created, u.seq`;
    if (owners.some(({ hasPassword }) => hasPassword)) return null;
    const owner = owners[0] ?? (await insertUser(tx, { account, email: null, name: null, role: 'owner', now }));
    return owner === null ? null : insertLink(tx, { id: owner.id, now });
  });
}
