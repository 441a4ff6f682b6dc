/** What a key or a user may do. The only place that decides this, for the API and for the console. */
import type { Role } from '../rows/user';
import { areaOf, RESOURCES, type Area, type Resource } from './resources';

/** `write` includes `read`. */
export type Level = 'read' | 'write';
export type Scope = `${Resource}:${Level}`;

export const SCOPES: readonly Scope[] = RESOURCES.flatMap((resource) => [`${resource}:read` as const, `${resource}:write` as const]);

/** A key with scopes is restricted to them; null: it may do everything. `agent`: only at `/mcp`. A user may do what the role says. */
export type Permissions = { scopes: readonly Scope[] | null; agent?: boolean } | { role: Role };

/** What an operation needs. */
export interface Need {
  resource: Resource;
  level: Level;
}

/** Reading is a GET, or says that it changes nothing; everything else changes something, or prepares a change. */
export const levelOf = (method: string): Level => (method === 'get' ? 'read' : 'write');

export const scopeOf = ({ resource, level }: Need): Scope => `${resource}:${level}`;

export function may(permissions: Permissions, need: Need): boolean {
  if ('role' in permissions) return roleMay(permissions.role, need);
  const { scopes } = permissions;
  return scopes === null || scopes.includes(scopeOf(need)) || (need.level === 'read' && scopes.includes(`${need.resource}:write`));
}

/** Nobody can make a key that may do more than its maker. */
export function mayGrant(permissions: Permissions, scopes: readonly Scope[] | null): boolean {
  return (scopes ?? SCOPES).every((scope) => may(permissions, needOf(scope)));
}

export function needOf(scope: Scope): Need {
  const [resource, level] = scope.split(':') as [Resource, Level];
  return { resource, level };
}

function roleMay(role: Role, { resource, level }: Need): boolean {
  const { writes, hidden } = ROLES_MAY[role];
  const area = areaOf(resource);
  return level === 'write' ? writes === 'all' || writes.includes(area) : !hidden.includes(area);
}

/** What each role may change, and what it may not even see. */
const ROLES_MAY: Record<Role, { writes: 'all' | readonly Area[]; hidden: readonly Area[] }> = {
  owner: { writes: 'all', hidden: [] },
  finance: { writes: ['catalog', 'customers', 'billing', 'payments', 'refunds', 'risk', 'books', 'support'], hidden: ['keys'] },
  support: { writes: ['customers', 'billing', 'refunds', 'support'], hidden: ['books', 'keys', 'users'] },
  developer: { writes: ['catalog', 'development', 'keys'], hidden: ['users'] },
  read_only: { writes: [], hidden: ['keys', 'users'] },
};
