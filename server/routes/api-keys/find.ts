import { findApiKeyRow } from '../../../db/api-keys';
import { mayGrant, type Scope } from '../../../domain/authorization/permissions';
import type { ApiKeyRow } from '../../../domain/authorization/keys';
import { BillingError } from '../../../domain/core/errors';
import { HttpError } from '../../http/errors';
import type { ApiRequest } from '../../http/request';

/** @throws BillingError resource_missing if there is no such key, or it belongs to the other mode */
export async function findKey(request: ApiRequest<unknown>, id: string = request.pathId('key')): Promise<ApiKeyRow> {
  const row = await findApiKeyRow(request.deps.sql, request.scope, id);
  if (row === null) throw new BillingError('resource_missing', `No such API key: '${id}'`, { param: 'id' });
  return row;
}

/** @throws HttpError 403 if the key may do what the caller may not do: who may not make a key may not end it, or replace it, either */
export function refuseStronger(request: ApiRequest<unknown>, { scopes }: Pick<ApiKeyRow, 'scopes'>): void {
  if (mayGrant(request.permissions, scopes)) return;
  throw new HttpError(403, 'You cannot end or replace a key that may do more than you may do.');
}

/** @throws HttpError 403 if the key could do what its maker may not do */
export function refuseMore(request: ApiRequest<unknown>, scopes: readonly Scope[] | null): void {
  if (mayGrant(request.permissions, scopes)) return;
  throw new HttpError(403, 'You cannot make a key that may do more than you may do. List its scopes, and only those that you have.');
}
