/** How an agent's call becomes a call of the API, with the same permissions, validation, idempotency and audit. */
import type { KeyedLimiter } from '../../db/turns';
import { agentKey } from '../../domain/authorization/agent-calls';
import type { Caller } from '../http/call';
import type { Dependencies } from '../http/dependencies';
import { answerOf } from '../http/errors';
import type { Operation } from '../http/operation';
import { perform } from '../http/perform';
import { rawParametersOf } from '../http/wire';

export type Json = Record<string, unknown>;

export interface Answered {
  status: number;
  body: Json;
  /** Whether an earlier call with the same idempotency key has this answer. */
  isReplayed: boolean;
}

export interface ApiCall {
  operation: Operation;
  /** By the names in the operation's path. */
  path: Readonly<Record<string, string>>;
  parameters: Json;
}

/** Who asks, and what with. */
export interface Desk {
  deps: Dependencies;
  /** By method and path: `GET /v1/customers`. */
  operations: ReadonlyMap<string, Operation>;
  caller: Caller;
  /** Of this process, of changes of agents that have limits. */
  turns: KeyedLimiter;
}

/**
 * A refusal is an answer too.
 *
 * @param approved a person has approved the call, whatever it moves
 */
export async function askApi(
  { deps, caller }: Desk,
  { operation, path, parameters }: ApiCall,
  key: string | null,
  { approved }: { approved: boolean } = { approved: false },
): Promise<Answered> {
  const url = urlOf(operation, path);
  const idempotencyKey = key === null || operation.method === 'get' ? null : agentKey(caller.keyId, key, approved);
  try {
    const call = { operation, raw: rawParametersOf(parameters), path, url };
    const answered = await perform(deps, call, { ...caller, idempotencyKey });
    return { status: answered.status, body: JSON.parse(answered.text) as Json, isReplayed: 'replayed' in answered && answered.replayed };
  } catch (error) {
    const { status, error: body } = answerOf(error, deps.log.child({ request: caller.requestId }));
    return { status, body: { error: body }, isReplayed: false };
  }
}

export function operationOf({ operations }: Pick<Desk, 'operations'>, call: string): Operation {
  const operation = operations.get(call);
  if (!operation) throw new Error(`a tool is about ${call}, which the API does not have`);
  return operation;
}

const urlOf = ({ path }: Operation, values: Readonly<Record<string, string>>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
