import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import type { ApiVersion } from '../../domain/rows/api-version';
import type { Permissions } from '../../domain/authorization/permissions';
import type { Scope } from './dependencies';
import type { SecretOf } from './new-secret';

/** Information about one HTTP request while it is processed. */
export interface Context {
  /**
   * Identifies this HTTP request. It is the `Request-Id`, and the commit key of the request's writes unless its Idempotency-Key was used before.
   */
  requestId: string;
  startedAt: number;
  scope: Scope | null;
  /** The API release in whose shapes the answer is rendered. */
  version: ApiVersion;
  /** The key's prefix and last four, for the log. */
  key: string | null;
  /** Id of the key, once it is known. */
  keyId: string | null;
  /** What only the caller can make of a salt; nobody, until the caller is known. */
  secretOf: SecretOf | null;
  /** What the key may do; nothing until it is known. */
  permissions: Permissions;
  /** `POST /v1/customers/:customer`. Never the URL itself, whose query may contain personal data. */
  operation: string | null;
}

const CONTEXT = 'dunlin';

/** Of an HTTP request, or of each of several changes that one asks for. */
export function newRequestId(): string {
  return `req_${randomBytes(12).toString('base64url').replace(/[-_]/g, '0').slice(0, 14)}`;
}

export function setContext(response: Response, context: Context): void {
  response.locals[CONTEXT] = context;
}

export function contextOf(response: Response): Context {
  return response.locals[CONTEXT] as Context;
}

/** Id of the caller's key; only after `authenticate`. */
export function keyIdOf(response: Response): string {
  const { keyId } = contextOf(response);
  if (keyId === null) throw new Error('the request is not authenticated');
  return keyId;
}

/** The caller's account and mode; only after `authenticate`. */
export function scopeOf(response: Response): Scope {
  const { scope } = contextOf(response);
  if (!scope) throw new Error('the request is not authenticated');
  return scope;
}
