/**
 * Transactions whose connection may be gone. The driver writes a statement, or its own `rollback`, to a connection that Postgres has
 * closed meanwhile, and the process ends by it: so nothing more is asked down such a connection.
 */
import postgres from 'postgres';
import { DEADLINES } from '../domain/core/deadlines';

type Sql = postgres.Sql<{ bigint: number }>;
type TransactionSql = postgres.TransactionSql<{ bigint: number }>;
type Work = (tx: TransactionSql) => unknown;
type Begin = (options: string, work: Work) => Promise<unknown>;

/** Makes `sql.begin` reject once, and do no more, when its connection is closed in the middle. */
export function survivingClosedConnections(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as unknown as Begin;
  const surviving = (...given: [string, Work] | [Work]): Promise<unknown> => {
    const [options, work] = given.length === 2 ? given : ['', given[0]];
    return new Transaction(work).run(begin, options);
  };
  return Object.assign(sql, { begin: surviving });
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

  /** Settles only while the connection is there: what it settles with makes the driver ask for `commit` or `rollback`. */
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

  // What has happened to the connection is known after the next turn of the event loop, where planning has kept it.
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

/** Postgres ends the session after an error of these classes: shut down, terminated, idle for too long in a transaction. */
function endsConnection(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['FATAL', 'PANIC'].includes(error.severity_local);
}
