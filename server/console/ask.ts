/** The console is a client of the API: every page is made of its answers, and every form is one request of it, with the same checks. */
import type { Dependencies } from '../http/dependencies';
import { newRequestId } from '../http/context';
import type { Call, Caller } from '../http/call';
import { answerOf, HttpError } from '../http/errors';
import type { Operation } from '../http/operation';
import { perform, performWhole } from '../http/perform';
import type { RawParameters } from '../http/validation';
import { propertyOf } from './formats';
import { AWAY, isAway } from './outage';
import { callerOf, type ConsoleVisit } from './visit';

export type Json = Record<string, unknown>;

export interface Answered {
  status: number;
  body: Json;
  /** By what the request is found in the log. */
  requestId: string;
}

/** What a page of the console has at hand. */
export interface Desk {
  deps: Dependencies;
  /** By method and path: `GET /v1/customers`. */
  operations: ReadonlyMap<string, Operation>;
  visit: ConsoleVisit;
  /** The server's URL, as the browser knows it. */
  origin: string;
}

export interface Question {
  /** `GET /v1/customers/:customer` */
  call: string;
  /** The value of the path's parameter. */
  id?: string;
  parameters?: RawParameters;
  /** The most objects of a list. A list that is always whole takes no limit. */
  limit?: number;
  /** Of a form that was sent: it is carried out once. */
  submission?: string;
}

/** The operation of a call. A section that names one that the API does not have is a mistake in Dunlin. */
export function operationOf({ operations }: Pick<Desk, 'operations'>, call: string): Operation {
  const operation = operations.get(call);
  if (!operation) throw new Error(`the console asks for ${call}, which the API does not have`);
  return operation;
}

export const mayCall = (desk: Desk, call: string): boolean => desk.visit.may(operationOf(desk, call));

/** Asks the API as the visitor. A refusal is an answer too. */
export async function ask(desk: Desk, question: Question): Promise<Answered> {
  const { call, caller } = callFor(desk, question);
  try {
    const { status, text } = await perform(desk.deps, call, caller);
    return { status, body: JSON.parse(text) as Json, requestId: caller.requestId };
  } catch (error) {
    return refusedBy(desk, caller, error);
  }
}

/**
 * The first `most` objects of a list, in parts.
 *
 * @throws HttpError with what the API refuses, before the first part if it refuses the question
 */
export async function* askWhole(desk: Desk, question: Question, most: number): AsyncGenerator<Json[]> {
  const { call, caller } = callFor(desk, question);
  try {
    for await (const part of performWhole(desk.deps, call, caller, most)) yield part as Json[];
  } catch (error) {
    const refused = refusedBy(desk, caller, error);
    throw new HttpError(refused.status, refusalOf(refused));
  }
}

function callFor(desk: Desk, { call, id = '', parameters = {}, limit, submission }: Question): { call: Call; caller: Caller } {
  const { visit, origin } = desk;
  const operation = operationOf(desk, call);
  const raw =
    limit === undefined || propertyOf(operation.parameters, 'limit') === null ? parameters : { ...parameters, limit: String(limit) };
  const name = /:(\w+)/.exec(operation.path)?.[1];
  const path = name === undefined ? {} : { [name]: id };
  const url = name === undefined ? operation.path : operation.path.replace(`:${name}`, encodeURIComponent(id));
  const idempotencyKey = submission === undefined ? null : `console/${visit.user.id}/${submission}`.slice(0, 255);
  return { call: { operation, raw, path, url }, caller: callerOf(visit, { origin, requestId: newRequestId(), idempotencyKey }) };
}

function refusedBy({ deps }: Desk, { requestId }: Caller, error: unknown): Answered {
  const { status, error: body } = answerOf(error, deps.log.child({ request: requestId }));
  return { status, body: { error: body }, requestId };
}

/** What a refusal says, with the parameter that it names. */
export function refusalOf({ status, body, requestId }: Answered): string {
  if (isAway(status)) return AWAY;
  const { message = 'This did not work. Try again.', param } = (body['error'] ?? {}) as { message?: string; param?: string };
  if (status >= 500) return `${message} (${requestId})`;
  return param === undefined || message.includes(param) ? message : `${message} (${param})`;
}

/** The objects of a list, or none if the visitor may not see them. */
export function listed({ status, body }: Answered): { data: Json[]; hasMore: boolean } {
  if (status !== 200) return { data: [], hasMore: false };
  return { data: (body['data'] ?? []) as Json[], hasMore: body['has_more'] === true };
}
