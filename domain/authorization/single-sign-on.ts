/** Who a person is here who has logged in at the seller's own provider (OpenID Connect). */
import type { Role, User } from '../rows/user';

/** What the provider says about the person. */
export interface Identity {
  issuer: string;
  /** The provider's own name of the person. It never changes; an e-mail address may. */
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
  /** The values of the claim that roles follow from. */
  groups: readonly string[];
}

/** The provider decides on the roles of an account's users. */
export interface RoleMapping {
  /** `groups` */
  claim: string;
  account: string;
  /** The first that a person has counts. */
  roles: readonly { value: string; role: Role }[];
}

export type SignOnRefusal = 'disabled' | 'lastOwner' | 'noRole' | 'otherIdentity' | 'unknown' | 'unverified';

export type SignOn =
  /** `role`: what it becomes; null: it stays. `isFirst`: from now on the identity belongs to the user. */
  | { kind: 'user'; user: User; role: Role | null; isFirst: boolean }
  | { kind: 'new'; email: string; name: string | null; account: string; role: Role }
  | { kind: 'refused'; why: SignOnRefusal; user: User | null };

export interface SignOnFacts {
  /** The user that the identity belongs to. */
  known: User | null;
  /** The user with the identity's address, and whether another identity of the issuer belongs to it. */
  addressed: { user: User; hasOther: boolean } | null;
  mapping: RoleMapping | null;
}

/**
 * An identity belongs to the user with its address from the first login on, if the provider has verified that address. Where roles are mapped, nobody
 * logs in without one, and a person who is not a user yet becomes one.
 */
export function signOn(identity: Identity, { known, addressed, mapping }: SignOnFacts): SignOn {
  if (known !== null) return enter(identity, known, { mapping, isFirst: false });
  if (identity.email === null || !identity.isEmailVerified) return refuse('unverified', null);
  if (addressed?.hasOther === true) return refuse('otherIdentity', addressed.user);
  if (addressed !== null) return enter(identity, addressed.user, { mapping, isFirst: true });
  if (mapping === null) return refuse('unknown', null);
  const role = mappedRole(identity, mapping);
  const { email, name } = identity;
  return role === null ? refuse('noRole', null) : { kind: 'new', email, name, account: mapping.account, role };
}

function enter(identity: Identity, user: User, { mapping, isFirst }: { mapping: RoleMapping | null; isFirst: boolean }): SignOn {
  if (user.disabledAt !== null) return refuse('disabled', user);
  if (mapping?.account !== user.account) return { kind: 'user', user, role: null, isFirst };
  const role = mappedRole(identity, mapping);
  if (role === null) return refuse('noRole', user);
  return { kind: 'user', user, role: role === user.role ? null : role, isFirst };
}

const refuse = (why: SignOnRefusal, user: User | null): SignOn => ({ kind: 'refused', why, user });

const mappedRole = ({ groups }: Identity, { roles }: RoleMapping): Role | null =>
  roles.find(({ value }) => groups.includes(value))?.role ?? null;
