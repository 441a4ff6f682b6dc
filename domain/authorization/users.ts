/** What keeps an account from locking itself out, and users from giving more than they have. */
import type { Role, User } from '../rows/user';
import { may, needOf, SCOPES, type Permissions } from './permissions';

export interface UserChange {
  name?: string | null | undefined;
  role?: Role | undefined;
  disabled?: boolean | undefined;
}

const isOwner = ({ role, disabledAt, hasPassword }: Pick<User, 'role' | 'disabledAt' | 'hasPassword'>): boolean =>
  role === 'owner' && disabledAt === null && hasPassword;

/** Whether nobody would be left who can log in as an owner. */
export function leavesNoOwner(users: readonly User[], id: string, change: UserChange): boolean {
  const [changed] = users.filter((user) => user.id === id && isOwner(user));
  const stays = (change.role ?? 'owner') === 'owner' && change.disabled !== true;
  return changed !== undefined && !stays && !users.some((user) => user.id !== id && isOwner(user));
}

/** Whether the caller may do whatever the role may do. Users belong to both modes, so a test key never is enough. */
export function mayGiveRole(permissions: Permissions, role: Role, livemode: boolean): boolean {
  if ('scopes' in permissions && !livemode) return false;
  return SCOPES.map(needOf).every((need) => !may({ role }, need) || may(permissions, need));
}
