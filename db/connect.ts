import postgres from 'postgres';

/** A pool of connections. Rows come back in camelCase, int8 as a safe integer, the contents of jsonb as they are. */
export type Sql = postgres.Sql<{ bigint: number }>;

/** One transaction of a pool, as `sql.begin` hands it to its callback. */
export type TransactionSql = postgres.TransactionSql<{ bigint: number }>;

const int8Oid = 20;

/**
 * A pool that opens connections when they are needed. Close it with `sql.end()`.
 *
 * Only column names are translated between snake_case and camelCase: what is inside jsonb is Stripe's metadata or our own
 * plain JSON, and must come back as it was written. `undefined` as a parameter is NULL.
 *
 * @param url `postgres://user:password@host:port/database`
 * @param options.max largest number of connections
 * @param options.name what Postgres shows for them in pg_stat_activity
 */
export function connect(url: string, options: { max?: number; name?: string } = {}): Sql {
  return postgres(url, {
    max: options.max ?? 10,
    prepare: true,
    connect_timeout: 10,
    connection: { application_name: options.name ?? 'dunlin' },
    onnotice: () => undefined,
    transform: { undefined: null, column: { from: postgres.toCamel, to: postgres.fromCamel } },
    types: { bigint: { to: int8Oid, from: [int8Oid], serialize: writeInt8, parse: readInt8 } },
  });
}

// A number above 2^53 would be rounded without a word, in an amount of money for instance.
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
