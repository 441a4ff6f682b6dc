/** The console is a client of the API: every page is made of its answers, and every form is one request of it, with the same checks. */
import type { Dependencies } from '../http/dependencies';
import { newRequestId } from '../http/context';
import { answerOf } from '../http/errors';
import type { Operation } from '../http/operation';
import { perform } from '../http/perform';
import type { RawParameters } from '../http/validation';
import { propertyOf } from './formats';
import { callerOf, type ConsoleVisit } from './visit';

export type Json = Record<string, unknown>;

export interface Answered {
  status: number;
  body: Json;
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
export async function ask(desk: Desk, { call, id = '', parameters = {}, limit, submission }: Question): Promise<Answered> {
  const { deps, visit, origin } = desk;
  const operation = operationOf(desk, call);
  const raw =
    limit === undefined || propertyOf(operation.parameters, 'limit') === null ? parameters : { ...parameters, limit: String(limit) };
  const requestId = newRequestId();
  const name = /:(\w+)/.exec(operation.path)?.[1];
  const path = name === undefined ? {} : { [name]: id };
  const url = name === undefined ? operation.path : operation.path.replace(`:${name}`, encodeURIComponent(id));
  const idempotencyKey = submission === undefined ? null : `console/${visit.user.id}/${submission}`.slice(0, 255);
  try {
    const { status, text } = await perform(deps, { operation, raw, path, url }, callerOf(visit, { origin, requestId, idempotencyKey }));
    return { status, body: JSON.parse(text) as Json };
  } catch (error) {
    const { status, error: body } = answerOf(error, deps.log.child({ request: requestId }));
    return { status, body: { error: body } };
  }
}

/** What a refusal says, with the parameter that it names. */
export function refusalOf({ body }: Answered): string {
  const { message = 'This did not work. Try again.', param } = (body['error'] ?? {}) as { message?: string; param?: string };
  return param === undefined || message.includes(param) ? message : `${message} (${param})`;
}

/** The objects of a list, or none if the visitor may not see them. */
export function listed({ status, body }: Answered): { data: Json[]; hasMore: boolean } {
  if (status !== 200) return { data: [], hasMore: false };
  return { data: (body['data'] ?? []) as Json[], hasMore: body['has_more'] === true };
}
