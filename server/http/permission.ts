/** Refuses what a caller may not do or read. */
import { may, scopeOf, type Need, type Permissions } from '../../domain/authorization/permissions';
import { needsOf } from '../expansion/needs';
import type { Expandable } from '../expansion/expansion-kinds';
import type { Caller } from './call';
import { HttpError } from './errors';
import type { Operation } from './operation';

/** Stripe's words, with the name of the scope. */
export function refuseWithoutPermission({ needs }: Operation, { permissions, key, scope }: Caller): void {
  if (may(permissions, needs)) return;
  const lacks =
    'role' in permissions
      ? `The role '${permissions.role}' does not have the required permissions for this.`
      : `The provided key '${key ?? ''}' does not have the required permissions for this endpoint on account '${scope.account}'.`;
  throw refusal(lacks, needs);
}

/** What the order of a list tells of objects that are not in it. */
const TOLD_BY_ORDER: Readonly<Record<string, Need>> = { customer: { resource: 'customers', level: 'read' } };

/** @throws HttpError 403 if the list is sorted by what the caller may not read */
export function refuseUnreadableOrder({ order_by: by }: Record<string, unknown>, permissions: Permissions): void {
  const need = typeof by === 'string' && Object.hasOwn(TOLD_BY_ORDER, by) ? TOLD_BY_ORDER[by] : undefined;
  if (need === undefined || may(permissions, need)) return;
  throw refusal(`${named(permissions)} does not have the required permissions to sort by this.`, need);
}

/** @throws HttpError 403 if the caller may not read everything that the property can show */
export const permitBy =
  (permissions: Permissions) =>
  (target: Expandable): void => {
    const lacking = needsOf(target).find((need) => !may(permissions, need));
    if (lacking === undefined) return;
    throw refusal(`${named(permissions)} does not have the required permissions to expand this.`, lacking);
  };

const named = (permissions: Permissions): string => ('role' in permissions ? `The role '${permissions.role}'` : 'The provided key');

const refusal = (lacks: string, need: Need): HttpError =>
  new HttpError(403, `${lacks} Having the '${scopeOf(need)}' permission would allow this request to continue.`);
