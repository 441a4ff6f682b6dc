/**
 * Transactions that survive a lost connection. If Postgres closes a connection during a transaction, the driver writes a statement, or its
 * own `rollback`, to it, and the process ends. So nothing more is sent down such a connection.
 */
import postgres from 'postgres';
import { DEADLINES } from '../domain/core/deadlines';

type Sql = postgres.Sql<{ bigint: number }>;
type TransactionSql = postgres.TransactionSql<{ bigint: number }>;
type Work = (tx: TransactionSql) => unknown;
type Begin = (options: string, work: Work) => Promise<unknown>;

/** Makes `sql.begin` reject once, and stop, if its connection is closed in the middle. */
export function survivingClosedConnections(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as unknown as Begin;
  const surviving = (...given: [string, Work] | [Work]): Promise<unknown> => {
    const [options, work] = given.length === 2 ? given : ['', given[0]];
    return new Transaction(work).run(begin, options);
  };
  return Object.assign(sql, { begin: surviving });
}

/**
 * A transaction whose last statement travels together with the commit. `work` sends the statement, does not wait for it, and returns what
 * awaits it. If the statement fails, Postgres answers the commit with a rollback, and the statement's error is thrown.
 */
export async function beginSendingLast<Result>(sql: Sql, work: (tx: TransactionSql) => Promise<() => Promise<Result>>): Promise<Result> {
  const finish = await sql.begin<() => Promise<Result>>(work);
  return finish();
}

/** Marks an error as handled that is thrown only later, where the statement is awaited. */
export function awaitedLater<T>(statement: Promise<T>): Promise<T> {
  statement.catch(() => undefined);
  return statement;
}

class Transaction {
  private isOver = false;

  constructor(private readonly work: Work) {}

  async run(begin: Begin, options: string): Promise<unknown> {
    try {
      return await begin(options, (tx) => this.worked(tx));
    } finally {
      this.isOver = true;
    }
  }

  /** Settles only while the connection is open, because the driver then sends `commit` or `rollback`. */
  private async worked(tx: TransactionSql): Promise<unknown> {
    try {
      const result = await this.work(this.guarded(tx));
      await this.stillOpen();
      return result;
    } catch (error) {
      await this.stillOpen();
      if (endsConnection(error)) await new Promise((resolve) => setTimeout(resolve, DEADLINES.closing));
      await this.stillOpen();
      throw error;
    }
  }

  // If planning has occupied the event loop, the connection's state is known only after the loop's next turn.
  private async stillOpen(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.isOver) await new Promise(() => undefined);
  }

  private guarded(tx: TransactionSql): TransactionSql {
    const refuse = (): void => {
      if (this.isOver) throw Object.assign(new Error('the connection of this transaction is closed'), { code: 'CONNECTION_CLOSED' });
    };
    return new Proxy(tx, {
      apply: (target, self, given) => {
        refuse();
        return Reflect.apply(target, self, given) as unknown;
      },
      get: (target, name, receiver) => {
        if (name === 'unsafe' || name === 'savepoint') refuse();
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
  }
}

/** Postgres ends the session after an error of these classes: shutdown, termination, too long idle in a transaction. */
function endsConnection(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['FATAL', 'PANIC'].includes(error.severity_local);
}
