/** Logs a person in whom the provider knows: an invited user, or one whose role follows from a claim. */
import { signOn, type Identity, type SignOn, type SignOnRefusal } from '../../domain/authorization/single-sign-on';
import { leavesNoOwner } from '../../domain/authorization/users';
import type { Role, User } from '../../domain/rows/user';
import { findSignOnFacts, insertIdentity } from '../../db/user-identities';
import { changeUser, insertUser } from '../../db/users';
import type { Dependencies } from '../http/dependencies';
import { newRequestId } from '../http/context';
import { recordInAudit, startSession, type Browser } from './login';

type Deps = Pick<Dependencies, 'config' | 'sql'>;

type Entered = { token: string } | { why: SignOnRefusal };

/** @returns the token of the new session's cookie, or why there is none */
export async function logInByIdentity(deps: Deps, identity: Identity, browser: Browser): Promise<Entered> {
  const facts = { ...(await findSignOnFacts(deps.sql, identity)), mapping: deps.config.oidc?.roles ?? null };
  const decided = signOn(identity, facts);
  if (decided.kind === 'refused') return refuse(deps, decided, browser);
  if (decided.kind === 'user') return enter(deps, identity, decided, browser);
  const user = await insertUser(deps.sql, { ...decided, now: now() });
  // Otherwise somebody has taken the address at the same moment.
  return user === null ? { why: 'otherIdentity' } : enter(deps, identity, { user, role: null, isFirst: true }, browser);
}

async function enter(
  deps: Deps,
  identity: Identity,
  { user, role, isFirst }: Pick<Extract<SignOn, { kind: 'user' }>, 'user' | 'role' | 'isFirst'>,
  browser: Browser,
): Promise<Entered> {
  const isOwn = !isFirst || (await insertIdentity(deps.sql, identity, { user: user.id, now: now() }));
  if (!isOwn) return refuse(deps, { why: 'otherIdentity', user }, browser);
  if (role !== null) {
    if (!(await changeRole(deps, user, role))) return refuse(deps, { why: 'lastOwner', user }, browser);
    await recordInAudit(deps.sql, user, { ...browser, requestId: newRequestId() }, { operation: 'change_role', status: 200 });
  }
  return { token: await startSession(deps.sql, user, 'sso', browser) };
}

const now = (): number => Math.floor(Date.now() / 1000);

async function refuse({ sql }: Deps, { why, user }: { why: SignOnRefusal; user: User | null }, browser: Browser): Promise<Entered> {
  if (user !== null) await recordInAudit(sql, user, browser, { operation: 'log_in', status: 401 });
  return { why };
}

class NoOwnerLeft extends Error {}

/** @returns false if nobody would be left who can log in as an owner */
async function changeRole({ sql }: Deps, user: User, role: Role): Promise<boolean> {
  const check = (users: readonly User[]): void => {
    if (leavesNoOwner(users, user.id, { role })) throw new NoOwnerLeft();
  };
  try {
    await changeUser(sql, user, { role }, { now: now(), check });
    return true;
  } catch (error) {
    if (error instanceof NoOwnerLeft) return false;
    throw error;
  }
}
