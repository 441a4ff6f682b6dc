/** One call of an operation, by an HTTP request of the API or by a page of the console: validated, run once, rendered. */
import type { ApiVersion } from '../../domain/rows/api-version';
import { BillingError } from '../../domain/core/errors';
import { inVersion } from '../../objects/version';
import { answerReply, refuseWrongExpand, showConcerned, type RenderOptions } from './answer';
import { insertAuditEntry } from '../../db/audit';
import { auditEntryOf, auditRefusal } from './audit';
import type { Call, Caller, Performed } from './call';
import type { Dependencies } from './dependencies';
import { answerOf } from './errors';
import { once, type Answer, type WritingRequest } from './idempotency';
import { newSecret, unseal } from './new-secret';
import type { ListReply, Operation } from './operation';
import { ParameterError } from './parameter-error';
import { refuseUnreadableOrder, refuseWithoutPermission } from './permission';
import { ApiRequest, type RequestIdentity } from './request';
import { validate, type RawParameters } from './validation';
import { LIMITS } from '../../domain/core/limits';

/**
 * Refusals by the operation are answers.
 *
 * @throws HttpError 403 if the caller may not do this
 * @throws BillingError if the parameters are refused before anything runs, or the Idempotency-Key is
 */
export async function perform(deps: Dependencies, call: Call, caller: Caller): Promise<Performed> {
  try {
    return await performAllowed(deps, call, caller);
  } catch (error) {
    await auditRefusal(deps, call, caller, error);
    throw error;
  }
}

async function performAllowed(deps: Dependencies, call: Call, caller: Caller): Promise<Performed> {
  const { operation, raw, path, url } = call;
  const { version, requestId, idempotencyKey, permissions } = caller;
  const { expand, parameters } = await readCall(call, caller);
  const secret = operation.reveals ? newSecret(caller.secretOf) : null;
  const run = (identity: RequestIdentity): Promise<Answer> => {
    const request = new ApiRequest(parameters as never, { path, ...caller, identity, expand, newSecret: secret?.value }, deps);
    return answer(deps, operation, request, { expand, url, version, permissions });
  };
  if (operation.method === 'get') return run({ id: requestId, idempotencyKey: null });
  const entry = auditEntryOf(call, caller);
  if (operation.repeatable) {
    const answered = await run({ id: requestId, idempotencyKey });
    if (entry) await insertAuditEntry(deps.sql, entry(answered, requestId));
    return answered;
  }
  const writing: WritingRequest = {
    ...{ requestId, idempotencyKey, scope: caller.scope, method: operation.method.toUpperCase(), path: url, version, raw },
    entry,
    stored: operation.through === 'workflow' ? { ...keep(operation, parameters, path), path } : null,
    ...(secret === null ? {} : { seal: secret.seal }),
  };
  const answered = await once(deps, writing, run);
  return secret === null ? answered : { ...answered, text: unseal(answered.text, caller.secretOf) };
}

/** What is asked, if it may be. */
async function readCall({ operation, raw }: Call, caller: Caller): Promise<{ expand: string[]; parameters: ReturnType<typeof validate> }> {
  refuseWithoutPermission(operation, caller);
  const { expand, rest } = takeExpand(raw);
  await refuseWrongExpand(operation, expand, caller.permissions);
  const parameters = validate(operation, rest);
  refuseUnreadableOrder(parameters, caller.permissions);
  return { expand, parameters };
}

/** Objects of a file that are rendered at once. */
const PART = 100;

/**
 * The first `most` objects of a list, in parts, for a file. Its order is looked at once, so that a sorted list is sorted once, and what changes
 * meanwhile is neither left out nor told twice.
 *
 * @throws HttpError 403, BillingError, as the list itself
 */
export async function* performWhole(deps: Dependencies, call: Call, caller: Caller, most: number): AsyncGenerator<object[]> {
  const { operation, path, url } = call;
  const { expand, parameters } = await readCall(call, caller);
  const whole = 'limit' in parameters ? { ...parameters, limit: most } : parameters;
  const identity = { id: caller.requestId, idempotencyKey: null };
  const reply = await operation.handle(new ApiRequest(whole as never, { path, ...caller, identity, expand }, deps));
  const parts = 'list' in reply ? partsOf(reply) : [reply];
  for (const part of parts) {
    const how = { expand, url, known: null, permissions: caller.permissions };
    const { data } = inVersion(await answerReply(deps, caller.scope, part, how), caller.version) as { data: object[] };
    yield data;
  }
}

function* partsOf({ list }: ListReply): Generator<ListReply> {
  for (let at = 0; at < list.keys.length; at += PART) yield { list: { ...list, keys: list.keys.slice(at, at + PART) } };
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
