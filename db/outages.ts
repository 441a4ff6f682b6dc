/** What an error of Postgres, or of the connection to it, means, judged by its code alone. */

/** The database is away, or cannot write: connection failures of Node and postgres.js, and Postgres's own classes. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'DATABASE_SILENT',
  // query_canceled: the statement's deadline. idle_in_transaction_session_timeout. read_only_sql_transaction: a standby.
  '57014',
  '25P03',
  '25006',
  // io_error
  '58030',
]);
/** connection_exception; insufficient_resources (a full disk too); operator_intervention (shutdown, start, crash of another session). */
const AWAY_CLASSES = /^(08|53|57P)/;

/** Two writers met: serialization_failure, deadlock_detected, lock_not_available, or another writer inserted the same row first. */
const BUSY_CODES = new Set(['40001', '40P01', '55P03', '23505']);

/** Whether the database is away or too slow: the call may be repeated. */
export function isDatabaseAway(error: unknown): boolean {
  return codesOf(error).some((code) => AWAY_CODES.has(code) || AWAY_CLASSES.test(code));
}

/** Whether Postgres has ended a statement at its deadline. */
export function isStatementLate(error: unknown): boolean {
  return codesOf(error).includes('57014');
}

/** Whether another writer interfered: repeating the call at once gives the result. */
export function isDatabaseBusy(error: unknown): boolean {
  return codesOf(error).some((code) => BUSY_CODES.has(code));
}

/** Whether another writer inserted the same row first. */
export function isUniqueViolation(error: unknown): boolean {
  return codesOf(error).includes('23505');
}

/** Codes of an error, of its causes, and of the members of an AggregateError (a host with two addresses). */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const members: unknown[] = Array.isArray(errors) ? errors : [];
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(cause), ...members.flatMap(codesOf)];
}
