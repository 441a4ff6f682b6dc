import { assert, constantFrom, option, property, record, subarray, boolean } from 'fast-check';
import { signOn, type RoleMapping } from '../../../domain/authorization/single-sign-on';
import { ROLES, type User } from '../../../domain/rows/user';

const groups = ['admins', 'accounting', 'helpdesk'];
const mapping: RoleMapping = {
  claim: 'groups',
  account: 'acct_1',
  roles: [
    { value: 'admins', role: 'owner' },
    { value: 'accounting', role: 'finance' },
  ],
};

const userOf = (account: string, role: User['role'], disabledAt: number | null): User => ({
  ...{ id: 'usr_1', account, created: 1, email: 'ann@example.com', name: null, role },
  ...{ failedLogins: 0, lockedUntil: null, lastLoginAt: null, disabledAt, hasPassword: true },
});
const users = record({ account: constantFrom('acct_1', 'acct_2'), role: constantFrom(...ROLES), isDisabled: boolean() }).map((of) =>
  userOf(of.account, of.role, of.isDisabled ? 5 : null),
);
const identities = record({ email: option(constantFrom('ann@example.com')), isEmailVerified: boolean(), groups: subarray(groups) }).map(
  (of) => ({ issuer: 'https://login.example.com', subject: 'ann', name: null, ...of }),
);
const facts = record({
  known: option(users),
  addressed: option(record({ user: users, hasOther: boolean() })),
  mapping: option(constantFrom(mapping)),
});

describe('single sign-on', () => {
  it('nobody gets in by an address that is not verified, by a disabled user, or as a user of another identity', () => {
    assert(
      property(identities, facts, (identity, of) => {
        const decided = signOn(identity, of);
        if (decided.kind === 'refused') return;
        if (of.known === null) expect([identity.isEmailVerified, of.addressed?.hasOther ?? false]).toEqual([true, false]);
        if (decided.kind === 'new') expect(of).toMatchObject({ known: null, addressed: null, mapping });
        else expect(decided.user.disabledAt).toBeNull();
      }),
    );
  });

  it('where the provider decides on roles, whoever gets in has the role of the claim; elsewhere roles stay', () => {
    assert(
      property(identities, facts, (identity, of) => {
        const decided = signOn(identity, of);
        if (decided.kind === 'refused') return;
        const expected = identity.groups.includes('admins') ? 'owner' : identity.groups.includes('accounting') ? 'finance' : 'none';
        if (decided.kind === 'new') expect(decided.role).toBe(expected);
        else if (of.mapping?.account === decided.user.account) expect(decided.role ?? decided.user.role).toBe(expected);
        else expect(decided.role).toBeNull();
      }),
    );
  });

  it('an invited person who was never here before is not refused without a reason', () => {
    const user = userOf('acct_1', 'support', null);
    const identity = { issuer: 'i', subject: 's', email: 'ann@example.com', isEmailVerified: true, name: null, groups: [] };
    expect(signOn(identity, { known: null, addressed: { user, hasOther: false }, mapping: null })).toEqual({
      kind: 'user',
      user,
      role: null,
      isFirst: true,
    });
  });
});
