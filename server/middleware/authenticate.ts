import type { NextFunction, Request, Response } from 'express';
import { findApiKey, hashOfKey, markKeyUsed, type ApiKey } from '../../db/api-keys';
import type { Sql } from '../../db/connect';
import { callerAddress } from '../http/address';
import { contextOf } from '../http/context';
import { HttpError } from '../http/errors';
import { secretsBy } from '../http/new-secret';
import { FailedKeys } from './failed-keys';
import { KnownKeys } from './known-keys';

/** Authenticates a key: `Authorization: Bearer sk_test_…`, or basic auth with the key as the user. */
export function authenticate(sql: Sql) {
  const failed = new FailedKeys();
  const known = new KnownKeys();

  const find = (text: string, request: Request): Promise<ApiKey | null> =>
    known.find(hashOfKey(text), async (isKnown) => {
      const address = callerAddress(request);
      // A program with a revoked key does not stop the others of its address.
      if (!isKnown && failed.isTooMany(address, performance.now())) throw new HttpError(429, TOO_MANY, { code: 'rate_limit' });
      const key = await findApiKey(sql, text);
      if (key) await markKeyUsed(sql, key.id);
      else failed.count(address, performance.now());
      return key;
    });

  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    response.setHeader('WWW-Authenticate', 'Basic realm="Dunlin"');
    const text = keyOf(request.headers.authorization);
    if (text === null) throw new HttpError(401, NO_KEY);
    const context = contextOf(response);
    context.key = masked(text);
    const key = await find(text, request);
    if (!key) throw new HttpError(401, `Invalid API Key provided: ${context.key}`);
    response.removeHeader('WWW-Authenticate');
    context.scope = { account: key.account, livemode: key.livemode };
    context.keyId = key.id;
    context.secretOf = secretsBy(text);
    context.permissions = { scopes: key.scopes, agent: key.agent };
    refuseOtherAccount(request, key.account);
    if (key.agent && request.path !== '/mcp') throw new HttpError(403, OF_AN_AGENT);
    next();
  };
}

function keyOf(header: string | undefined): string | null {
  const [, scheme = '', value = ''] = /^(\w+) +(.+)$/.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return value.trim();
  if (scheme.toLowerCase() !== 'basic') return null;
  const [user = ''] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return user === '' ? null : user;
}

/** A key belongs to one account. A request that names another is refused, never ignored. */
export function refuseOtherAccount(request: Request, account: string): void {
  const named = [request.header('Stripe-Account'), request.header('Stripe-Context')].find((each) => each !== undefined && each !== account);
  if (named === undefined) return;
  throw new HttpError(403, `The provided key does not have access to account '${named.slice(0, 60)}' (or that account does not exist).`, {
    code: 'account_invalid',
  });
}

/**
 * The loggable part of a key: its kind and mode, and the last four. A text too short for a key is a mistake, perhaps a password, and is not
 * shown.
 */
function masked(key: string): string {
  const prefix = /^[a-z]{2,4}_(test|live)_/.exec(key)?.[0] ?? '';
  return key.length >= prefix.length + KEY_LENGTH_MIN ? `${prefix}${'*'.repeat(8)}${key.slice(-4)}` : `${prefix}${'*'.repeat(8)}`;
}

const KEY_LENGTH_MIN = 12;

const OF_AN_AGENT = 'This key is for an agent: it works at /mcp alone, where the limits of agents hold.';
const TOO_MANY = 'Too many requests with keys that are not valid came from this address; retry in a minute.';
const NO_KEY =
  'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. ' +
  "'Authorization: Bearer YOUR_SECRET_KEY').";
