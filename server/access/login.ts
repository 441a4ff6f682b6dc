/** Logs a user in by password, and makes sessions. A refusal never says why: an unknown address, a wrong password, a locked or disabled user. */
import { isLocked } from '../../domain/authorization/logins';
import type { LoginMethod, User } from '../../domain/rows/user';
import { insertSession } from '../../db/user-sessions';
import { countFailedLogin, findUserByEmail, recordLogin } from '../../db/users';
import type { Dependencies } from '../http/dependencies';
import { isPassword } from './passwords';

/** Where somebody logs in from. */
export interface Browser {
  ip: string;
  userAgent: string;
}

/** @returns the token of the new session's cookie, or null */
export async function logInByPassword(
  { sql }: Pick<Dependencies, 'sql'>,
  { email, password }: { email: string; password: string },
  browser: Browser,
): Promise<string | null> {
  const now = Math.floor(Date.now() / 1000);
  const user = await findUserByEmail(sql, email);
  // The password is checked in every case, so that all refusals take the same time.
  const isRight = await isPassword(user?.password ?? null, password);
  if (user === null || user.disabledAt !== null || isLocked(user, now)) return null;
  if (!isRight) {
    await countFailedLogin(sql, user.id, now);
    return null;
  }
  return startSession(sql, user, 'password', browser);
}

export async function startSession(
  sql: Dependencies['sql'],
  user: Pick<User, 'id'>,
  method: LoginMethod,
  browser: Browser,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  await recordLogin(sql, user.id, now);
  return insertSession(sql, { user: user.id, method, livemode: false, now, ...browser });
}
