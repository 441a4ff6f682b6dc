/** When a login, a session or a link counts. Times are real epoch seconds. */
import type { User, UserSession } from '../rows/user';

/** A session ends after this time, however much it is used. */
export const SESSION_SECONDS = 7 * 86_400;
/** It also ends if it was not used for this time. */
export const SESSION_IDLE_SECONDS = 12 * 3_600;
/** A use is recorded once in this time. */
export const SESSION_SEEN_SECONDS = 60;

/** What opens the door for longer, such as a new passkey, needs a login that is not older. */
const RECENT_SECONDS = 900;

/** A link that sets a password works once, within this time. */
export const LINK_SECONDS = 3 * 86_400;

/** A login of more than one step, by passkey or single sign-on, is finished within this time. */
export const ATTEMPT_SECONDS = 600;

/** So many wrong passwords in a row lock the user. */
const FAILED_LOGINS_MAX = 10;
const LOCK_SECONDS = 900;

/** A link that somebody has asked for by mail works once, within this time. */
export const RESET_SECONDS = 1_800;
export const RESETS_COUNTED_SECONDS = 3_600;

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

export const isRecent = ({ created }: Pick<UserSession, 'created'>, now: number): boolean => now - created <= RECENT_SECONDS;

export function isLocked({ lockedUntil }: Pick<User, 'lockedUntil'>, now: number): boolean {
  return lockedUntil !== null && lockedUntil > now;
}

/** The state after one more wrong password. A lock that has ended counts from the beginning. */
export function afterFailure(user: Pick<User, 'failedLogins' | 'lockedUntil'>, now: number): Pick<User, 'failedLogins' | 'lockedUntil'> {
  const before = user.lockedUntil !== null && user.lockedUntil <= now ? 0 : user.failedLogins;
  const failedLogins = before + 1;
  return { failedLogins, lockedUntil: failedLogins >= FAILED_LOGINS_MAX ? now + LOCK_SECONDS : null };
}

/** Whether a password can be set: long enough to resist guessing, and not the address itself. */
export function passwordProblem(password: string, email: string | null): 'short' | 'long' | 'address' | null {
  if (password.length < PASSWORD_MIN) return 'short';
  if (password.length > PASSWORD_MAX) return 'long';
  return email !== null && password.toLowerCase() === email.toLowerCase() ? 'address' : null;
}
