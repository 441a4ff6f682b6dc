/** The bytes of files. */
import { fromJson } from './json-rows';
import type { FileLink, StoredFile } from '../domain/rows/file';
import type { Sql, TransactionSql } from './connect';

interface Scope {
  account: string;
  livemode: boolean;
}

/** Stores the bytes, or finds that they are stored. Housekeeping removes bytes of which nobody makes a file. */
export async function keepContent(sql: Sql, { account, livemode }: Scope, content: { sha256: string; data: Buffer }): Promise<void> {
  await sql`
    insert into file_contents (account, livemode, sha256, data) values (${account}, ${livemode}, ${content.sha256}, ${content.data})
    on conflict (account, livemode, sha256) do update set received = now()`;
}

export async function readContent(sql: Sql, { account, livemode, sha256 }: Scope & { sha256: string }): Promise<Buffer> {
  const [row] = await sql<{ data: Buffer }[]>`
    select data from file_contents where account = ${account} and livemode = ${livemode} and sha256 = ${sha256}`;
  if (!row) throw new Error(`the bytes of a file are not there: ${sha256}`);
  return row.data;
}

export async function readEvidenceFile(sql: Sql, { account, livemode }: Scope, id: string): Promise<{ name: string; data: Buffer }> {
  const [row] = await sql<{ name: string | null; data: Buffer }[]>`
    select f.filename as name, c.data from files f
      join file_contents c on c.account = f.account and c.livemode = f.livemode and c.sha256 = f.sha256
    where f.id = ${id} and f.account = ${account} and f.livemode = ${livemode}`;
  if (!row) throw new Error(`the bytes of the evidence ${id} are not there`);
  return { name: row.name ?? id, data: row.data };
}

/** A link by its id, with its file; null if there is none. */
export async function findLinkedFile(sql: Sql, id: string): Promise<{ link: FileLink; file: StoredFile } | null> {
  const [row] = await sql<{ link: Record<string, unknown>; file: Record<string, unknown> }[]>`
    select to_jsonb(l) as link, to_jsonb(f) as file from file_links l join files f on f.id = l.file where l.id = ${id}`;
  return row ? { link: fromJson(row.link) as unknown as FileLink, file: fromJson(row.file) as unknown as StoredFile } : null;
}

/** Bytes that no file has, or only files whose time is over. The files stay, because evidence of disputes names them. */
export async function pruneFileContents(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const gone = await tx`
    delete from file_contents where (account, livemode, sha256) in (
      select c.account, c.livemode, c.sha256 from file_contents c where c.received < now() - make_interval(days => ${days}) and not exists (
        select 1 from files f where f.account = c.account and f.livemode = c.livemode and f.sha256 = c.sha256
          and (f.expires_at is null or f.expires_at > extract(epoch from now())::bigint))
      order by c.received limit ${portion} for update of c skip locked)`;
  return gone.count;
}
