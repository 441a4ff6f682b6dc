import fc from 'fast-check';
import { ROLES, type Role } from '../../../domain/rows/user';
import { may, mayGrant, SCOPES, scopeOf, type Need, type Scope } from '../../../domain/authorization/permissions';
import { RESOURCES, resourceOf } from '../../../domain/authorization/resources';
import { operations } from '../../../server/routes';

const needs = operations.map(({ method, path, needs: need }) => ({ operation: `${method} ${path}`, need }));
const anyNeed = fc.constantFrom(...needs.map(({ need }) => need));
const anyScopes = fc.subarray([...SCOPES], { maxLength: 20 });
const write = (resource: Need['resource']): Scope => `${resource}:write`;

describe('an operation needs exactly one scope', () => {
  test.each(needs)('$operation', ({ need }) => {
    expect(SCOPES).toContain(scopeOf(need));
    expect(may({ scopes: [] }, need)).toBe(false);
    expect(may({ scopes: [scopeOf(need)] }, need)).toBe(true);
    expect(may({ scopes: [write(need.resource)] }, need)).toBe(true);
    expect(may({ scopes: SCOPES.filter((scope) => !scope.startsWith(`${need.resource}:`)) }, need)).toBe(false);
    expect(may({ scopes: null }, need)).toBe(true);
    expect(may({ role: 'owner' }, need)).toBe(true);
  });

  it('reading takes no scope to write, and writing is not allowed by a scope to read', () => {
    for (const { need } of needs) {
      expect(may({ scopes: [`${need.resource}:read`] }, need)).toBe(need.level === 'read');
    }
  });

  it('and every resource has an operation', () => {
    const used = new Set(needs.map(({ need }) => need.resource));
    expect(RESOURCES.filter((resource) => !used.has(resource))).toEqual([]);
  });

  it('who may not refund may not do it under a charge either, and the same for disputes', () => {
    expect(
      ['refund', 'refunds', 'refunds/:refund', 'dispute', 'dispute/close', 'capture'].map((rest) =>
        resourceOf(`/v1/charges/:charge/${rest}`),
      ),
    ).toEqual(['refunds', 'refunds', 'refunds', 'disputes', 'disputes', 'charges']);
  });

  it('who may not change subscriptions, payment methods or tax ids may not do it under a customer either', () => {
    const under = ['subscriptions', 'subscriptions/:subscription', 'payment_methods', 'sources', 'cards/:id', 'tax_ids', 'discount', ''];
    expect(under.map((rest) => resourceOf(`/v1/customers/:customer/${rest}`))).toEqual([
      ...['subscriptions', 'subscriptions', 'payment_methods', 'payment_methods', 'payment_methods', 'tax_ids', 'customers', 'customers'],
    ]);
  });

  it('an operation of an unknown resource cannot be declared', () => {
    expect(() => resourceOf('/v1/unknown_things/:id')).toThrow('belongs to no resource');
    expect(() => resourceOf('/v1/constructor')).toThrow('belongs to no resource');
  });
});

test('what may be written may be read, by every role and every set of scopes', () => {
  fc.assert(
    fc.property(anyNeed, anyScopes, fc.constantFrom(...ROLES), ({ resource }, scopes, role) => {
      for (const permissions of [{ scopes }, { role }]) {
        if (may(permissions, { resource, level: 'write' })) expect(may(permissions, { resource, level: 'read' })).toBe(true);
      }
    }),
  );
});

test('nobody grants more than they have', () => {
  fc.assert(
    fc.property(anyScopes, anyScopes, fc.constantFrom(...ROLES), anyNeed, (mine, granted, role, need) => {
      for (const permissions of [{ scopes: mine }, { role }]) {
        if (mayGrant(permissions, granted) && may({ scopes: granted }, need)) expect(may(permissions, need)).toBe(true);
      }
    }),
  );
});

test('only an owner, or a key without restrictions, makes a key without restrictions', () => {
  expect(ROLES.filter((role) => mayGrant({ role }, null))).toEqual(['owner']);
  expect(mayGrant({ scopes: null }, null)).toBe(true);
  expect(mayGrant({ scopes: SCOPES.filter((scope) => scope !== 'users:write') }, null)).toBe(false);
});

describe('roles', () => {
  const writes = (role: Role): string[] => RESOURCES.filter((resource) => may({ role }, { resource, level: 'write' }));

  it('a reader changes nothing, and sees neither keys nor users', () => {
    expect(writes('read_only')).toEqual([]);
    const hidden = RESOURCES.filter((resource) => !may({ role: 'read_only' }, { resource, level: 'read' }));
    expect(hidden).toEqual(['api_keys', 'audit_entries', 'users']);
  });

  it('only owners change users', () => {
    expect(ROLES.filter((role) => writes(role).includes('users'))).toEqual(['owner']);
  });

  it.each<[Role, string[], string[]]>([
    ['finance', ['invoices', 'refunds', 'ledger', 'tax_returns', 'prices'], ['api_keys', 'webhook_endpoints', 'test_helpers', 'routing']],
    ['support', ['customers', 'subscriptions', 'refunds', 'support_tickets'], ['prices', 'ledger', 'radar', 'webhook_endpoints']],
    ['developer', ['webhook_endpoints', 'api_keys', 'test_helpers', 'products'], ['refunds', 'customers', 'ledger', 'account']],
  ])('%s changes what the work needs', (role, may, mayNot) => {
    expect(writes(role)).toEqual(expect.arrayContaining(may));
    expect(writes(role).filter((resource) => mayNot.includes(resource))).toEqual([]);
  });
});
