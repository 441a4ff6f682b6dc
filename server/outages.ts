/** Which errors mean that something outside is away or busy, rather than that we made a mistake. */

/** Connection failures of Node and postgres.js, and Postgres itself going down or coming up. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** Two writers met: serialization failure, deadlock, lock not available, or one made the row that the other was about to make. */
const BUSY = new Set(['40001', '40P01', '55P03', '23505']);

/** gRPC: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const GRPC = new Set([4, 8, 14]);

export function isUnavailable(error: unknown): boolean {
  return chain(error).some(({ code }) => UNAVAILABLE.has(String(code)) || (typeof code === 'number' && GRPC.has(code)));
}

export function isBusy(error: unknown): boolean {
  return chain(error).some(({ code }) => BUSY.has(String(code)));
}

/** An error, what caused it, and the members of an AggregateError (a host with two addresses). */
function chain(error: unknown): { code?: unknown }[] {
  if (!(error instanceof Error)) return [];
  const members: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error as { code?: unknown }, ...chain(error.cause), ...members.flatMap(chain)];
}
