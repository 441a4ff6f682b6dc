import type { Sql } from '../db/connect';

/** Steps whose commit fails, as by a mistake of ours, until they are mended. */
export interface BrokenSteps {
  /** Every commit of this step of these workflows fails from now on. */
  break: (workflows: string[], step: string) => Promise<void>;
  /** Steps of these workflows, or all where none is named, commit again. */
  mend: (workflow?: string) => Promise<void>;
}

/** Teaches a database to refuse commits, once or again. For a test's or a recording's own database. */
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
