/** Runs an operation for one HTTP request: read, perform, answer. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { addressOf } from './address';
import { contextOf, keyIdOf, scopeOf } from './context';
import type { Dependencies } from './dependencies';
import type { Answer, IdempotentAnswer } from './idempotency';
import { callOf, type Operation } from './operation';
import { perform } from './perform';
import { readParameters } from './wire';

export function execute(deps: Dependencies, operation: Operation) {
  return async (request: Request, response: Response): Promise<void> => {
    const context = contextOf(response);
    context.operation = callOf(operation);
    const call = { operation, raw: readParameters(request), path: request.params as Record<string, string>, url: request.path };
    const { requestId, version, permissions, key, secretOf } = context;
    if (secretOf === null) throw new Error('the request is not authenticated');
    const idempotencyKey = request.header('Idempotency-Key') ?? null;
    const origin = `${request.protocol}://${request.host}`;
    const caller = {
      origin,
      scope: scopeOf(response),
      keyId: keyIdOf(response),
      requestId,
      idempotencyKey,
      version,
      permissions,
      key,
      secretOf,
      ip: addressOf(request),
    };
    const answered = await perform(deps, call, caller);
    if (operation.method === 'get') {
      sendRead(request, response, answered);
      return;
    }
    if (idempotencyKey !== null && 'replayed' in answered) sendIdempotencyHeaders(response, idempotencyKey, answered);
    send(response, answered);
  };
}

function sendIdempotencyHeaders(response: Response, key: string, answered: IdempotentAnswer): void {
  response.setHeader('Idempotency-Key', key);
  response.setHeader('Original-Request', answered.originalRequest);
  if (answered.replayed) response.setHeader('Idempotent-Replayed', 'true');
  if (answered.version !== null) response.setHeader('Stripe-Version', answered.version);
}

/** An answer that the caller may keep has an ETag, by which the caller can ask whether it is still the same. */
function sendRead(request: Request, response: Response, answered: Answer): void {
  const { cacheSeconds, text } = answered;
  if (cacheSeconds === undefined || response.headersSent) {
    send(response, answered);
    return;
  }
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  response.setHeader('Cache-Control', `private, max-age=${String(cacheSeconds)}`);
  response.setHeader('ETag', tag);
  const known = (request.header('If-None-Match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  if (known.includes(tag)) response.status(304).end();
  else send(response, answered);
}

/** Without Express's `send`, which copies the text, and looks for an ETag that answers never have. */
function send(response: Response, { status, text }: Answer): void {
  if (response.headersSent) return;
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
