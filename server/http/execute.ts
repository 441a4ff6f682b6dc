/** Runs an operation for one HTTP request: read, validate, run once, render, answer. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { ApiVersion } from '../../domain/rows/api-version';
import { BillingError } from '../../domain/core/errors';
import { inVersion } from '../../objects/version';
import { answerReply, refuseWrongExpand, showConcerned, type RenderOptions } from './answer';
import { contextOf, keyIdOf, scopeOf } from './context';
import type { Dependencies } from './dependencies';
import { answerOf } from './errors';
import { once, type Answer, type IdempotentAnswer, type WritingRequest } from './idempotency';
import type { Operation } from './operation';
import { ParameterError } from './parameter-error';
import { ApiRequest, type RequestIdentity } from './request';
import { validate, type RawParameters } from './validation';
import { readParameters } from './wire';
import { LIMITS } from '../../domain/core/limits';

export function execute(deps: Dependencies, operation: Operation) {
  return async (request: Request, response: Response): Promise<void> => {
    const context = contextOf(response);
    context.operation = `${operation.method.toUpperCase()} ${operation.path}`;
    const raw = readParameters(request);
    const { expand, rest } = takeExpand(raw);
    const parameters = validate(operation, rest);
    await refuseWrongExpand(operation, expand);
    const path = request.params as Record<string, string>;
    const run = (identity: RequestIdentity): Promise<Answer> => {
      const origin = `${request.protocol}://${request.host}`;
      const caller = { origin, scope: scopeOf(response), keyId: keyIdOf(response) };
      const apiRequest = new ApiRequest(parameters as never, { path, ...caller, identity, expand }, deps);
      return answer(deps, operation, apiRequest, { expand, url: request.path, version: context.version });
    };
    if (operation.method === 'get') {
      sendRead(request, response, await run({ id: context.requestId, idempotencyKey: null }));
      return;
    }
    if (operation.repeatable) {
      send(response, await run({ id: context.requestId, idempotencyKey: request.header('Idempotency-Key') ?? null }));
      return;
    }
    const writing: WritingRequest = {
      requestId: context.requestId,
      idempotencyKey: request.header('Idempotency-Key') ?? null,
      scope: scopeOf(response),
      method: request.method,
      path: request.path,
      version: context.version,
      raw,
      stored: operation.through === 'workflow' ? { ...keep(operation, parameters, path), path } : null,
    };
    const answered = await once(deps, writing, run);
    if (writing.idempotencyKey !== null) sendIdempotencyHeaders(response, writing.idempotencyKey, answered);
    send(response, answered);
  };
}

/** Refusals are answers too, and some of them are stored. Outages are not caught here. */
async function answer(
  deps: Dependencies,
  operation: Operation,
  request: ApiRequest<never>,
  how: Omit<RenderOptions, 'known'> & { version: ApiVersion },
): Promise<Answer> {
  try {
    const reply = await operation.handle(request);
    const known = operation.method === 'get' ? request.found : null;
    const text = JSON.stringify(inVersion(await answerReply(deps, request.scope, reply, { ...how, known }), how.version));
    const cacheSeconds = 'body' in reply ? reply.cacheSeconds : undefined;
    return { status: 200, text, ...(cacheSeconds === undefined ? {} : { cacheSeconds }) };
  } catch (error) {
    const { status, error: body } = answerOf(error, deps.log.child({ request: request.id }));
    if (error instanceof BillingError) Object.assign(body, await showConcerned(deps, request.scope, error.details));
    return { status, text: JSON.stringify(inVersion({ error: body }, how.version)) };
  }
}

function keep(operation: Operation, parameters: Record<string, unknown>, path: Record<string, string>): Record<string, unknown> {
  return operation.stored ? operation.stored(parameters as never, path) : parameters;
}

const EXPAND_MAX = 100;
const EXPAND_PATH_MAX = 500;

/** Every operation accepts `expand`; all other parameters are its own. */
function takeExpand({ expand, ...rest }: RawParameters): { expand: string[]; rest: RawParameters } {
  if (expand === undefined || expand === '') return { expand: [], rest };
  const list = typeof expand === 'object' && expand !== null ? Object.values(expand) : [expand];
  if (list.length > LIMITS.expandPaths.max) {
    throw new ParameterError('parameter_invalid', `Array must have at most ${String(LIMITS.expandPaths.max)} elements`, 'expand');
  }
  if (!list.every((each) => typeof each === 'string')) throw new ParameterError('parameter_invalid', 'Invalid array', 'expand');
  if (list.length > EXPAND_MAX || list.some((each) => each.length > EXPAND_PATH_MAX)) {
    const most = `at most ${String(EXPAND_MAX)} paths of ${String(EXPAND_PATH_MAX)} characters`;
    throw new ParameterError('parameter_invalid', `Invalid expand: ${most} can be expanded.`, 'expand');
  }
  return { expand: list, rest };
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
