/** Logins of more than one step: by the hash of the token that the browser keeps meanwhile. Each can be finished once. */
import { ATTEMPT_SECONDS } from '../domain/authorization/logins';
import type { Sql } from './connect';
import { hashOfToken, newToken } from './users';

/** `new_passkey`: somebody who is logged in adds one. */
export type LoginPurpose = 'new_passkey' | 'passkey' | 'sso';

export interface LoginAttempt {
  /** Null: nobody is known yet. */
  user: string | null;
  /** Where the login leads. */
  back: string;
}

/** @returns the token, which is kept nowhere else */
export async function beginAttempt(
  sql: Sql,
  { purpose, user, back, now }: LoginAttempt & { purpose: LoginPurpose; now: number },
): Promise<string> {
  const token = newToken();
  await sql`
    insert into login_attempts (id, purpose, "user", back, created, expires_at)
    values (${hashOfToken(token)}, ${purpose}, ${user}, ${back}, ${now}, ${now + ATTEMPT_SECONDS})`;
  return token;
}

/** @returns null if it was finished, is too old, or never began */
export async function finishAttempt(
  sql: Sql,
  { token, purpose, now }: { token: string; purpose: LoginPurpose; now: number },
): Promise<LoginAttempt | null> {
  const [attempt] = await sql<LoginAttempt[]>`
    update login_attempts set used_at = ${now}
    where id = ${hashOfToken(token)} and purpose = ${purpose} and used_at is null and expires_at > ${now}
    returning "user", back`;
  return attempt ?? null;
}
