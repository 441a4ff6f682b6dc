import postgres from 'postgres';
import { DEADLINES } from '../domain/core/deadlines';
import { openSocket, openWatchedSocket } from './socket';
import { survivingClosedConnections } from './transactions';

/** A pool of connections. Rows have camelCase columns, int8 is a safe integer, the contents of jsonb are unchanged. */
export type Sql = postgres.Sql<{ bigint: number }>;

/** One transaction of a pool, as `sql.begin` hands it to its callback. */
export type TransactionSql = postgres.TransactionSql<{ bigint: number }>;

export interface ConnectOptions {
  /** Maximum number of connections. */
  max?: number;
  /** Their name in pg_stat_activity. */
  name?: string;
  /**
   * `service`: for waiting callers and workflows, so DEADLINES end every slow statement, lock, stopped transaction and silent connection.
   * `maintenance`: for migrations and scripts, which may take long; no deadlines.
   */
  patience?: 'service' | 'maintenance';
}

const int8Oid = 20;
const LONGEST_BACKOFF_SECONDS = 0.5;

/**
 * A pool that opens connections on demand. Close it with `sql.end()`.
 *
 * Only column names are translated between snake_case and camelCase: jsonb contains Stripe's metadata or plain JSON of Dunlin, and must
 * come back unchanged. `undefined` as a parameter is NULL.
 *
 * @param url `postgres://user:password@host:port/database`
 */
export function connect(url: string, options: ConnectOptions = {}): Sql {
  const { max = 10, name = 'dunlin', patience = 'maintenance' } = options;
  const sql = postgres(url, {
    max,
    prepare: true,
    connect_timeout: DEADLINES.connect / 1000,
    // A database that is back is used within half a second; the driver's own backoff goes up to twenty seconds.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, LONGEST_BACKOFF_SECONDS),
    connection: { application_name: name, ...(patience === 'service' ? SERVICE_LIMITS : {}) },
    // The driver knows the option, its types do not.
    ...{ socket: patience === 'service' ? openWatchedSocket : openSocket },
    onnotice: () => undefined,
    transform: { undefined: null, column: { from: postgres.toCamel, to: postgres.fromCamel } },
    types: { bigint: { to: int8Oid, from: [int8Oid], serialize: writeInt8, parse: readInt8 } },
  });
  return survivingClosedConnections(sql);
}

/** Postgres itself enforces these, so they also work for a stopped process. */
const SERVICE_LIMITS = {
  statement_timeout: DEADLINES.statement,
  lock_timeout: DEADLINES.lock,
  idle_in_transaction_session_timeout: DEADLINES.idleInTransaction,
};

// A number above 2^53 would be rounded silently, for example in an amount of money.
function readInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is not a safe integer`);
  return value;
}

function writeInt8(value: number | bigint | string): string {
  if (typeof value !== 'number') return String(value);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer and cannot be an int8`);
  return String(value);
}
