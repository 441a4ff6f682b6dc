/**
 * Holds one transaction at its COMMIT, so that a process can be killed exactly there: before the books have any of it (`lose`), or when
 * they have all of it and no process knows (`keep`).
 */
import type { ReservedSql } from 'postgres';
import type { Sql } from '../../db/connect';
import { insist, until } from './stack';

const LOCKS = 7_341_900;

/** Teaches a database to hold transactions. For a test's own stack. */
export async function installHolds(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table chaos_holds (key int generated always as identity, what text not null, step text not null, open boolean not null default true);
    create function chaos_hold() returns trigger language plpgsql as $$
    declare held int;
    begin
      select key into held from chaos_holds where open and step = to_jsonb(new) ->> tg_argv[1] and to_jsonb(new) ->> tg_argv[0] like what;
      if held is not null then perform pg_advisory_xact_lock_shared(${LOCKS}, held); end if;
      return null;
    end $$;
    create constraint trigger chaos_hold after insert on commits deferrable initially deferred
      for each row execute function chaos_hold('workflow', 'step');
    create constraint trigger chaos_hold after insert on sandbox_operations deferrable initially deferred
      for each row execute function chaos_hold('amount', 'kind');
    create constraint trigger chaos_hold after insert or update on ledger_closes deferrable initially deferred
      for each row execute function chaos_hold('ends_at', 'status')`);
}

export interface Hold {
  /** Waits until a transaction is at its commit. */
  reached(): Promise<void>;
  /** Lets it commit, even if its process is gone. */
  keep(): Promise<void>;
  /** It is rolled back. */
  lose(): Promise<void>;
}

/**
 * @param what the workflow (or the amount of an operation of the sandbox), as a pattern of SQL's `like`
 * @param step the step that is committed (or the kind of the operation)
 */
export async function holdCommit(sql: Sql, what: string, step: string): Promise<Hold> {
  const own: ReservedSql<{ bigint: number }> = await sql.reserve();
  const [row] = await own<{ key: number }[]>`insert into chaos_holds (what, step) values (${what}, ${step}) returning key`;
  const key = row?.key ?? 0;
  await own`select pg_advisory_lock(${LOCKS}, ${key})`;
  const held = (): Promise<{ pid: number }[]> =>
    insist(
      () => sql<{ pid: number }[]>`
    select pid from pg_locks where locktype = 'advisory' and classid = ${LOCKS} and objid = ${key} and not granted`,
    );
  const letGo = async (): Promise<void> => {
    await own`update chaos_holds set open = false where key = ${key}`;
    await own`select pg_advisory_unlock(${LOCKS}, ${key})`;
    own.release();
  };
  return {
    reached: async () => {
      await until(async () => (await held()).length > 0, { what: `${step} of ${what} at its commit`, everyMs: 20 });
    },
    keep: async () => {
      const waiting = await held();
      await letGo();
      await until(async () => (await held()).length === 0, { what: 'the commit' });
      if (waiting.length === 0) throw new Error(`${step} of ${what} was not at its commit`);
    },
    lose: async () => {
      const waiting = await held();
      for (const { pid } of waiting) await sql`select pg_terminate_backend(${pid})`;
      await until(async () => (await held()).length === 0, { what: 'the end of the transaction' });
      await letGo();
    },
  };
}
