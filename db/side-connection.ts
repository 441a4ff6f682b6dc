import { connect, type Sql } from './connect';

/**
 * A connection outside the pool, for operators' queries: it neither waits for a busy pool nor takes from it. A connection that does not
 * answer in time is given up, and the next query opens another.
 */
export class SideConnection {
  private sql: Sql | null = null;

  /** @param name its name in pg_stat_activity */
  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly deadlineMs: number,
  ) {}

  /** @throws Error if Postgres does not answer within the deadline; errors of Postgres unchanged */
  async ask<T>(question: (sql: Sql) => Promise<T>): Promise<T> {
    const sql = (this.sql ??= connect(this.url, { max: 1, name: this.name, patience: 'service' }));
    let late: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      late = setTimeout(() => {
        reject(new PostgresSilent(`Postgres has not answered for ${this.deadlineMs} ms`));
        void this.giveUp(sql);
      }, this.deadlineMs);
    });
    const answer = question(sql);
    // The abandoned query ends later, and its result is ignored.
    answer.catch(() => undefined);
    try {
      return await Promise.race([answer, deadline]);
    } finally {
      clearTimeout(late);
    }
  }

  /** One read with its own time limit in Postgres, so that it does not continue after it is abandoned. */
  read<T>(question: (sql: Sql) => Promise<T>): Promise<T> {
    return this.ask(
      async (sql) =>
        (await sql.begin('read only', async (tx) => {
          await tx`select set_config('statement_timeout', ${String(this.deadlineMs)}, true)`;
          return question(tx as unknown as Sql);
        })) as T,
    );
  }

  async close(): Promise<void> {
    if (this.sql !== null) await this.giveUp(this.sql);
  }

  private async giveUp(sql: Sql): Promise<void> {
    if (this.sql === sql) this.sql = null;
    await sql.end({ timeout: 0 }).catch(() => undefined);
  }
}

class PostgresSilent extends Error {
  override name = 'PostgresSilent';
  readonly code = 'no_answer';
}
