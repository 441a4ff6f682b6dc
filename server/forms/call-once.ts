/** Runs an operation of the API for a page: the same parameters, the same checks, the same handler, once for each key. */
import { newRequestId } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { answerOf } from '../http/errors';
import type { Operation } from '../http/operation';
import { validate, type RawParameters } from '../http/validation';
import { runOnce, type From, type Owner, type Refusal } from './run-once';

/** One call of the API. */
export interface Call {
  operation: Operation;
  path?: Record<string, string>;
  parameters: RawParameters;
  /** What the step of the workflow reads besides the parameters, and no caller of the API can send. */
  also?: Record<string, unknown>;
}

/** @returns the refusal, or the key of the object that the operation has changed */
export async function callOnce(
  deps: Dependencies,
  from: From,
  owner: Owner,
  { key, call: { operation, path = {}, parameters: raw, also = {} } }: { key: string; call: Call },
): Promise<{ refusal: Refusal | null; key: string }> {
  try {
    const parameters = validate(operation, raw);
    const { refusal, answer } = await runOnce(deps, from, owner, {
      key,
      requestId: newRequestId(),
      raw: { ...raw, path },
      path,
      stored: { ...(operation.stored ? operation.stored(parameters as never, path) : parameters), ...also },
      work: (asked) => operation.handle(asked.withParameters(parameters) as never),
    });
    return { refusal, key: (answer as { key?: string } | null)?.key ?? '' };
  } catch (error) {
    const { error: body } = answerOf(error, deps.log.child({ request: from.requestId }));
    return { refusal: body, key: '' };
  }
}
