import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, type ConnectionLike } from '@temporalio/client';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time';

/** Search attributes of every Dunlin workflow, all of type Keyword, for searches in the Temporal UI. */
export const searchAttributeNames = ['DunlinAccount', 'DunlinCustomer', 'DunlinHeld', 'DunlinStatus', 'DunlinTestClock'] as const;

// `INDEXED_VALUE_TYPE_KEYWORD` and gRPC's status codes, which the SDK exports from packages that Dunlin does not depend on.
const keyword = 2;
const grpc = { alreadyExists: 6, permissionDenied: 7, unimplemented: 12, unauthenticated: 16 };
const refusals = new Set([grpc.permissionDenied, grpc.unimplemented, grpc.unauthenticated]);

const patienceMs = 90_000;
const dayMs = 86_400_000;

/** The result of the registration; `advice` is one log line for a Temporal that does not let its clients register. */
export type Registration = { outcome: 'registered' } | { outcome: 'refused'; advice: string };

/**
 * Registers the search attributes in a namespace; existing ones stay unchanged. A dev server lists them at once, a cluster within a minute,
 * so this waits until they are listed. Temporal Cloud refuses: then they may exist already, or an operator must add them.
 *
 * @throws Error if Temporal cannot be reached, or does not list them within a minute and a half
 */
export async function registerSearchAttributes(connection: ConnectionLike, namespace: string): Promise<Registration> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      const missing = await listMissing(connection, namespace);
      if (missing.length === 0) return { outcome: 'registered' };
      await add(connection, namespace, missing);
    } catch (error) {
      if (hasCode(error, refusals)) return { outcome: 'refused', advice: adviceFor(namespace) };
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline) throw new Error(`Temporal did not take the search attributes ${searchAttributeNames.join(', ')}`);
    await sleep(250);
  }
}

/**
 * Raises how long a namespace keeps closed workflows, for the dev server, which keeps them for a day. Never lowers it.
 *
 * @param days at least this many
 */
export async function ensureNamespaceRetention(connection: ConnectionLike, namespace: string, days: number): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const currentMs = optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0;
  if (currentMs >= days * dayMs) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(days * dayMs) },
  });
}

/** Those that a namespace does not have yet. */
export async function listMissing(connection: ConnectionLike, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return searchAttributeNames.filter((name) => customAttributes[name] === undefined);
}

async function add(connection: ConnectionLike, namespace: string, names: string[]): Promise<void> {
  try {
    const searchAttributes = Object.fromEntries(names.map((name) => [name, keyword]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    // Another worker was faster.
    if (!hasCode(error, new Set([grpc.alreadyExists]))) throw error;
  }
}

function hasCode(error: unknown, codes: Set<number>): boolean {
  return isGrpcServiceError(error) && codes.has(error.code);
}

function adviceFor(namespace: string): string {
  const flags = searchAttributeNames.map((name) => `--sa "${name}=Keyword"`).join(' ');
  return `This Temporal does not let Dunlin add search attributes; unless they are there, run: tcld namespace search-attributes add --namespace ${namespace} ${flags}`;
}
