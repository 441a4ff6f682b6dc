/** What a user sees of the own access: passkeys, the password, and where the user is logged in. */
import { isRecent } from '../../domain/authorization/logins';
import { LIMITS } from '../../domain/core/limits';
import type { Passkey, UserSession } from '../../domain/rows/user';
import { listPasskeys } from '../../db/passkeys';
import { listSessions } from '../../db/user-sessions';
import { findUser } from '../../db/users';
import type { Notice, OwnModel } from '../../web/console/model';
import { canHavePasskeys } from '../access/passkeys';
import type { Desk } from './ask';
import { time } from './cells';
import { frameOf } from './frame';

export const OWN_PAGE = '/console/me';

export async function ownModel(desk: Desk, origin: string, notice: Notice | null): Promise<OwnModel> {
  const { deps, visit } = desk;
  const now = Math.floor(Date.now() / 1000);
  const [passkeys, sessions, user] = await Promise.all([
    listPasskeys(deps.sql, visit.user.id),
    listSessions(deps.sql, visit.user.id, now),
    findUser(deps.sql, visit.user.id),
  ]);
  const isFresh = isRecent({ created: visit.began }, now);
  return {
    frame: frameOf(desk, { title: 'Your access', href: OWN_PAGE, notice }),
    email: visit.user.email,
    passkeys: passkeys.map(passkeyOf),
    newPasskey: waitsFor({ origin, isFresh, count: passkeys.length }),
    password: user?.hasPassword === true ? 'change' : isFresh ? 'set' : 'logInAgain',
    sessions: sessions.map((session) => sessionOf(session, visit.session)),
  };
}

function waitsFor({ origin, isFresh, count }: { origin: string; isFresh: boolean; count: number }): OwnModel['newPasskey'] {
  if (!canHavePasskeys(origin)) return 'noHost';
  if (count >= LIMITS.passkeys.max) return 'tooMany';
  return isFresh ? 'possible' : 'logInAgain';
}

const passkeyOf = ({ id, name, created, lastUsedAt, isSynced }: Passkey): OwnModel['passkeys'][number] => ({
  ...{ id, name, created: time(created), lastUsed: lastUsedAt === null ? 'never' : time(lastUsedAt) },
  kind: isSynced ? 'Synced between your devices' : 'On one device',
});

const WAYS: Record<UserSession['method'], string> = {
  link: 'By a link',
  passkey: 'By passkey',
  password: 'By password',
  sso: 'By single sign-on',
};

const sessionOf = ({ id, userAgent, ip, method, created, lastSeenAt }: UserSession, own: string): OwnModel['sessions'][number] => ({
  ...{ id, browser: browserIn(userAgent), ip, method: WAYS[method], isThis: id === own },
  ...{ began: time(created), lastSeen: time(lastSeenAt) },
});

/** Browsers also name those that they are like: the first that fits is the one. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** `Chrome on Linux` */
function browserIn(userAgent: string): string {
  const [browser, system] = [BROWSERS, SYSTEMS].map((known) => known.find(([sign]) => userAgent.includes(sign))?.[1]);
  return browser === undefined ? 'Another program' : [browser, ...(system === undefined ? [] : ['on', system])].join(' ');
}
