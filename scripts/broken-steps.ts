import type { Sql } from '../db/connect';

/** Steps whose commit fails, like a bug in Dunlin, until they are repaired. */
export interface BrokenSteps {
  /** From now on every commit of this step of these workflows fails. */
  break: (workflows: string[], step: string) => Promise<void>;
  /** Lets steps of this workflow, or of all workflows, commit again. */
  mend: (workflow?: string) => Promise<void>;
}

/** Makes a database refuse commits on request. For a test's or a recording's own database. */
export async function installBrokenSteps(sql: Sql): Promise<BrokenSteps> {
  await sql.unsafe(`
    create table if not exists broken_steps (workflow text, step text);
    create or replace function break_step() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from broken_steps b where b.workflow = new.workflow and b.step = new.step) then
        raise exception 'broken';
      end if;
      return new;
    end $$;
    create or replace trigger break_step before insert on commits for each row execute function break_step()`);
  return {
    async break(workflows, step) {
      await sql`insert into broken_steps ${sql(workflows.map((workflow) => ({ workflow, step })))}`;
    },
    async mend(workflow) {
      await sql`delete from broken_steps where ${workflow ?? null}::text is null or workflow = ${workflow ?? null}`;
    },
  };
}
