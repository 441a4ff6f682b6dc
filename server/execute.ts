/** Takes one HTTP request through an operation: read, validate, run once, render, answer. */
import type { Request, Response } from 'express';
import { BillingError } from '../domain/errors';
import { answerReply, refuseWrongExpand, showCard } from './answer';
import { contextOf, scopeOf } from './context';
import type { Dependencies } from './dependencies';
import { answerOf } from './errors';
import { once, type Answer, type WritingRequest } from './idempotency';
import type { Operation } from './operation';
import { ParameterError } from './parameter-error';
import { ApiRequest, type RequestIdentity } from './request';
import { refuseUnwritable, refuseUnwritablePath } from './unwritable';
import { validate, type RawParameters } from './validation';
import { readParameters } from './wire';
import { LIMITS } from '../domain/limits';

export function execute(deps: Dependencies, operation: Operation) {
  return async (request: Request, response: Response): Promise<void> => {
    const context = contextOf(response);
    context.operation = `${operation.method.toUpperCase()} ${operation.path}`;
    const raw = readParameters(request);
    refuseUnwritable(raw);
    const { expand, rest } = takeExpand(raw);
    const parameters = validate(operation, rest);
    await refuseWrongExpand(operation, expand);
    const path = request.params as Record<string, string>;
    refuseUnwritablePath(path);
    const run = (identity: RequestIdentity): Promise<Answer> => {
      const apiRequest = new ApiRequest(parameters as never, { path, scope: scopeOf(response), identity, expand }, deps);
      return answer(deps, operation, apiRequest, { expand, url: request.path });
    };
    if (operation.method === 'get') {
      send(response, await run({ id: context.requestId, idempotencyKey: null }));
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
      raw,
      stored: operation.through === 'workflow' ? { ...keep(operation, parameters), path } : null,
    };
    const answered = await once(deps, writing, run);
    if (writing.idempotencyKey !== null) tellIdempotency(response, writing.idempotencyKey, answered);
    send(response, answered);
  };
}

/** Refusals are answers too, and some of them are kept; an outage is not caught here. */
async function answer(
  deps: Dependencies,
  operation: Operation,
  request: ApiRequest<never>,
  how: { expand: string[]; url: string },
): Promise<Answer> {
  try {
    const reply = await operation.handle(request);
    return { status: 200, text: JSON.stringify(await answerReply(deps, request.scope, reply, how)) };
  } catch (error) {
    const { status, error: body } = answerOf(error, deps.log.child({ request: request.id }));
    if (error instanceof BillingError && error.details.card) Object.assign(body, await showCard(deps, request.scope, error.details.card));
    return { status, text: JSON.stringify({ error: body }) };
  }
}

function keep(operation: Operation, parameters: Record<string, unknown>): Record<string, unknown> {
  return operation.stored ? operation.stored(parameters as never) : parameters;
}

/** `expand` is known to every operation; everything else is the operation's own. */
function takeExpand({ expand, ...rest }: RawParameters): { expand: string[]; rest: RawParameters } {
  if (expand === undefined || expand === '') return { expand: [], rest };
  const list = typeof expand === 'object' && expand !== null ? Object.values(expand) : [expand];
  if (list.length > LIMITS.expandPaths.max) {
    throw new ParameterError('parameter_invalid', `Array must have at most ${String(LIMITS.expandPaths.max)} elements`, 'expand');
  }
  if (list.every((each) => typeof each === 'string')) return { expand: list, rest };
  throw new ParameterError('parameter_invalid', 'Invalid array', 'expand');
}

function tellIdempotency(response: Response, key: string, answered: { replayed: boolean; originalRequest: string }): void {
  response.setHeader('Idempotency-Key', key);
  response.setHeader('Original-Request', answered.originalRequest);
  if (answered.replayed) response.setHeader('Idempotent-Replayed', 'true');
}

function send(response: Response, { status, text }: Answer): void {
  if (response.headersSent) return;
  response.status(status).type('application/json').send(text);
}
