/** Who users are at a provider of single sign-on. */
import type { Identity, SignOnFacts } from '../domain/authorization/single-sign-on';
import type { Sql } from './connect';
import { findUser, findUserByEmail } from './users';

/** The users that an identity may be. */
export async function findSignOnFacts(
  sql: Sql,
  { issuer, subject, email }: Pick<Identity, 'issuer' | 'subject' | 'email'>,
): Promise<Pick<SignOnFacts, 'known' | 'addressed'>> {
  const [own] = await sql<{ user: string }[]>`select "user" from user_identities where issuer = ${issuer} and subject = ${subject}`;
  if (own) return { known: await findUser(sql, own.user), addressed: null };
  const user = email === null ? null : await findUserByEmail(sql, email);
  if (user === null) return { known: null, addressed: null };
  const [other] = await sql`select 1 from user_identities where issuer = ${issuer} and "user" = ${user.id}`;
  return { known: null, addressed: { user, hasOther: other !== undefined } };
}

/** @returns false if the user has another identity of the issuer meanwhile, or the identity another user */
export async function insertIdentity(
  sql: Sql,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
  { user, now }: { user: string; now: number },
): Promise<boolean> {
  const made = await sql`
    insert into user_identities (issuer, subject, "user", created) values (${issuer}, ${subject}, ${user}, ${now}) on conflict do nothing`;
  return made.count === 1;
}
