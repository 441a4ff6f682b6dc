import { findUser, insertLink } from '../../../db/users';
import { mayGiveRole } from '../../../domain/authorization/users';
import { BillingError } from '../../../domain/core/errors';
import type { Role, User } from '../../../domain/rows/user';
import { HttpError } from '../../http/errors';
import type { ApiRequest } from '../../http/request';

/** @throws BillingError resource_missing if there is no such user, or it belongs to another account */
export async function findOwnUser(request: ApiRequest<unknown>): Promise<User> {
  const id = request.pathId('user');
  const user = await findUser(request.deps.sql, id);
  if (user?.account !== request.scope.account) throw new BillingError('resource_missing', `No such user: '${id}'`, { param: 'id' });
  return user;
}

/** @throws HttpError 403 if somebody with this role could do what the caller may not do */
export function refuseRole(request: ApiRequest<unknown>, role: Role): void {
  if (mayGiveRole(request.permissions, role, request.scope.livemode)) return;
  throw new HttpError(
    403,
    'You cannot let somebody do more than you may do. A user belongs to both modes, so an API key must be a live one with all permissions of the role.',
  );
}

/** The link by which the user sets a password. The earlier ones stop working. */
export async function setupUrl(request: ApiRequest<unknown>, { id }: Pick<User, 'id'>): Promise<string> {
  const token = request.newSecret;
  await insertLink(request.deps.sql, { id, token, now: await request.now() });
  return `${request.origin}/console/setup/${token}`;
}
