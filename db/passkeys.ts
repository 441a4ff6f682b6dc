/** Keys by which users log in without a password: the public halves. */
import type { Passkey, User } from '../domain/rows/user';
import type { Sql } from './connect';
import { randomId } from './ids';
import { findUser } from './users';

/** The key as its signatures are checked with it. */
export interface PasskeyToCheck extends Passkey {
  credential: string;
  publicKey: Buffer;
  counter: number;
}

const columns = (sql: Sql) => sql`id, "user", created, name, transports, is_synced, last_used_at`;

/** The keys of a user, the newest first. */
export function listPasskeys(sql: Sql, user: string): Promise<Passkey[]> {
  return sql<Passkey[]>`select ${columns(sql)} from passkeys where "user" = ${user} order by created desc, id`;
}

/** The authenticators' ids of a user's keys, so that none makes a second one. */
export async function listCredentials(sql: Sql, user: string): Promise<string[]> {
  const rows = await sql<{ credential: string }[]>`select credential from passkeys where "user" = ${user}`;
  return rows.map(({ credential }) => credential);
}

export async function findPasskey(sql: Sql, credential: string): Promise<{ passkey: PasskeyToCheck; user: User } | null> {
  const [passkey] = await sql<PasskeyToCheck[]>`
    select ${columns(sql)}, credential, public_key, counter from passkeys where credential = ${credential}`;
  const user = passkey && (await findUser(sql, passkey.user));
  return passkey && user ? { passkey, user } : null;
}

export type NewPasskey = Omit<PasskeyToCheck, 'id' | 'lastUsedAt'>;

/** @returns false if the authenticator's key is there already */
export async function insertPasskey(sql: Sql, of: NewPasskey): Promise<boolean> {
  const made = await sql`
    insert into passkeys (id, "user", created, name, credential, public_key, counter, transports, is_synced)
    values (${randomId('psk')}, ${of.user}, ${of.created}, ${of.name}, ${of.credential}, ${of.publicKey}, ${of.counter},
      ${sql.json(of.transports)}, ${of.isSynced})
    on conflict do nothing`;
  return made.count === 1;
}

/**
 * Records a use.
 *
 * @returns false if the authenticator's counter has not grown: then somebody uses a copy of the key, or repeats an answer
 */
export async function usePasskey(sql: Sql, { id, counter, now }: { id: string; counter: number; now: number }): Promise<boolean> {
  const used = await sql`
    update passkeys set counter = ${counter}, last_used_at = ${now} where id = ${id} and (counter < ${counter} or (counter = 0 and ${counter} = 0))`;
  return used.count === 1;
}

/** @returns false if the user has no such key */
export async function renamePasskey(sql: Sql, { id, user, name }: Pick<Passkey, 'id' | 'user' | 'name'>): Promise<boolean> {
  const changed = await sql`update passkeys set name = ${name} where id = ${id} and "user" = ${user}`;
  return changed.count === 1;
}

/** @returns false if the user has no such key */
export async function removePasskey(sql: Sql, { id, user }: Pick<Passkey, 'id' | 'user'>): Promise<boolean> {
  const gone = await sql`delete from passkeys where id = ${id} and "user" = ${user}`;
  return gone.count === 1;
}
