/** Logs a user in by password, and makes sessions. A refusal never says why: an unknown address, a wrong password, a locked or disabled user. */
import { isLocked } from '../../domain/authorization/logins';
import type { LoginMethod, User } from '../../domain/rows/user';
import { insertAuditEntry } from '../../db/audit';
import { insertSession } from '../../db/user-sessions';
import { countFailedLogin, findUserByEmail, recordLogin } from '../../db/users';
import type { Dependencies } from '../http/dependencies';
import { isPassword } from './passwords';

/** Where somebody logs in from. */
export interface Browser {
  ip: string;
  userAgent: string;
  /** Id of the HTTP request. */
  requestId: string;
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
  if (user === null) return null;
  const isOpen = user.disabledAt === null && !isLocked(user, now);
  if (isOpen && !isRight) await countFailedLogin(sql, user.id, now);
  if (!isOpen || !isRight) {
    await recordInAudit(sql, user, browser, { operation: 'log_in', status: 401 });
    return null;
  }
  return startSession(sql, user, 'password', browser);
}

export async function startSession(
  sql: Dependencies['sql'],
  user: Pick<User, 'id' | 'account'>,
  method: LoginMethod,
  browser: Browser,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  await recordLogin(sql, user.id, now);
  await recordInAudit(sql, user, browser, { operation: method === 'link' ? 'set_password' : 'log_in', status: 200 });
  return insertSession(sql, { user: user.id, method, livemode: false, now, ...browser });
}

/** What a user does outside of the API, as the audit log names it. */
export type PersonalOperation =
  'ask_for_password' | 'add_passkey' | 'change_role' | 'log_in' | 'log_out' | 'remove_passkey' | 'revoke_sessions' | 'set_password';

/** A user belongs to both modes; the live one has the entry. */
export async function recordInAudit(
  sql: Dependencies['sql'],
  { id, account }: Pick<User, 'id' | 'account'>,
  { ip, requestId: request }: Browser,
  { operation, status }: { operation: PersonalOperation; status: 200 | 401 },
): Promise<void> {
  const error = status === 200 ? null : 'refused';
  await insertAuditEntry(sql, { account, livemode: true, actor: id, operation, object: id, request, ip, status, error });
}
