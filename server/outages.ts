/** Which errors mean that something outside is away or busy, rather than that we made a mistake. */

import { isDatabaseAway, isDatabaseBusy } from '../db/outages';

/** gRPC: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const GRPC = new Set([4, 8, 14]);

export function isUnavailable(error: unknown): boolean {
  return isDatabaseAway(error) || chain(error).some(({ code }) => typeof code === 'number' && GRPC.has(code));
}

export function isBusy(error: unknown): boolean {
  return isDatabaseBusy(error);
}

/** An error, what caused it, and the members of an AggregateError (a host with two addresses). */
function chain(error: unknown): { code?: unknown }[] {
  if (!(error instanceof Error)) return [];
  const members: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error as { code?: unknown }, ...chain(error.cause), ...members.flatMap(chain)];
}
