import type { Response } from 'express';
import type { ApiVersion } from '../../domain/rows/api-version';
import type { Scope } from './dependencies';

/** What is known of one HTTP request on its way through. */
export interface Context {
  /** Of this HTTP request: shown in `Request-Id`, and the cause of what it does unless its Idempotency-Key was seen before. */
  requestId: string;
  startedAt: number;
  scope: Scope | null;
  /** The release of the API whose shapes the answer has. */
  version: ApiVersion;
  /** Prefix and last four of the key, for the log. */
  key: string | null;
  /** Id of the key, once it is known. */
  keyId: string | null;
  /** `POST /v1/customers/:customer`: never the URL itself, whose query may hold personal data. */
  operation: string | null;
}

const CONTEXT = 'dunlin';

export function setContext(response: Response, context: Context): void {
  response.locals[CONTEXT] = context;
}

export function contextOf(response: Response): Context {
  return response.locals[CONTEXT] as Context;
}

/** Id of the caller's key; only behind `authenticate`. */
export function keyIdOf(response: Response): string {
  const { keyId } = contextOf(response);
  if (keyId === null) throw new Error('the request is not authenticated');
  return keyId;
}

/** The caller's account and mode; only behind `authenticate`. */
export function scopeOf(response: Response): Scope {
  const { scope } = contextOf(response);
  if (!scope) throw new Error('the request is not authenticated');
  return scope;
}
