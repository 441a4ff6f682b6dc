import { activate, deactivate, licenseProblem, revokeLicense } from '../../../domain/access/activations';
import { deliveryOf } from '../../../domain/access/delivery';
import type { License, LicensePolicy } from '../../../domain/rows/license';
import * as sample from '../../objects/rows';
import { DAY, World } from '../subscription/world';

/** A product with a license for each purchase, another one, and a customer with a card. */
function seller(policy: Partial<LicensePolicy> = {}): World {
  const world = new World('2026-01-31');
  world.rows.put('licenseSigningKey', sample.licenseSigningKey());
  world.rows.put('licensePolicy', sample.licensePolicy({ activationLimit: 2, ...policy }));
  world.rows.put('product', sample.product({ id: 'prod_other' }));
  world.priced('price_other', { product: 'prod_other', unitAmount: 2000, unitAmountDecimal: '2000' });
  world.rows.put('productFeature', sample.productFeature({ lookupKey: 'export' }));
  world.card('visa');
  return world;
}

const subscribe = (world: World, quantity = 1): string => world.create({ items: [{ price: 'price_1000', quantity }] });
const only = (world: World): License => {
  const [license, ...others] = world.rows.all('license');
  if (!license || others.length > 0) throw new Error(`there are ${String(others.length + 1)} licenses`);
  return license;
};
const told = (world: World): string[] => world.events.map(({ type }) => type).filter((type) => type.startsWith('license.'));

describe('a license', () => {
  test('comes once with a subscription, signed, with what the product has, and is announced', () => {
    const world = seller({ durationDays: 400 });
    subscribe(world, 3);
    world.by(100 * DAY);
    const license = only(world);
    const end = license.created + 400 * DAY;
    expect(license).toMatchObject({ customer: 'cus_1', status: 'active', activationLimit: 6, expiresAt: end });
    const [type, claims] = [license.key.slice(0, 7), JSON.parse(license.key.slice(8)) as object];
    expect(type).toBe('license');
    expect(claims).toEqual({
      iss: 'acct_1',
      sub: license.id,
      aud: 'prod_1',
      iat: license.created,
      exp: end,
      livemode: false,
      customer: 'cus_1',
      features: ['export'],
      activation_limit: 6,
    });
    expect(told(world)).toEqual(['license.created']);
    expect(deliveryOf(world.rows, license)).toMatchObject({ to: 'jo@example.com', product: 'Pro', key: license.key });
  });

  test('does not come with a declined first payment', () => {
    const world = seller();
    world.card('chargeCustomerFail');
    subscribe(world);
    expect(world.rows.all('license')).toEqual([]);
  });

  test('is suspended while its subscription is unpaid, and back when it is paid', () => {
    const world = seller();
    const { dunning } = world.rows.get('account', 'acct_1').settings.test;
    world.settings({ dunning: { ...dunning, ends_in: 'unpaid' } });
    const id = subscribe(world);
    world.card('chargeCustomerFail');
    world.by(100 * DAY);
    expect([world.subscription(id).status, only(world)]).toMatchObject(['unpaid', { status: 'suspended', statusReason: 'unpaid' }]);
    world.card('visa');
    world.onInvoice(world.subscription(id).latestInvoice ?? '', 'payInvoice');
    expect([world.subscription(id).status, only(world)]).toMatchObject(['active', { status: 'active', statusReason: null }]);
    expect(told(world)).toEqual(['license.created', 'license.updated', 'license.updated']);
  });

  test.each([
    ['revoke', 'revoked', 'canceled'],
    ['keep', 'active', null],
  ] as const)('of a canceled subscription: %s', (onCancellation, status, reason) => {
    const world = seller({ onCancellation });
    world.cancel(subscribe(world));
    expect(only(world)).toMatchObject({ status, statusReason: reason });
  });

  test('of another plan is revoked with the change, and is back when the customer is back', () => {
    const world = seller();
    const id = subscribe(world);
    const to = (price: string) => {
      world.update(id, { items: [{ id: world.item(id).id, price }] });
    };
    to('price_other');
    expect(only(world).status).toBe('revoked');
    to('price_1000');
    expect(only(world).status).toBe('active');
  });

  test('that the seller has revoked stays so, whatever its subscription does', () => {
    const world = seller();
    const id = subscribe(world);
    world.byApi((changes) => {
      revokeLicense(changes, only(world).id);
    });
    world.by(40 * DAY);
    world.update(id, { metadata: { a: 'b' } });
    expect(only(world)).toMatchObject({ status: 'revoked', statusReason: 'requested' });
    expect(deliveryOf(world.rows, only(world))).toBeNull();
  });
});

describe('machines', () => {
  function activated(world: World, fingerprint: string) {
    let made = '';
    world.byApi((changes) => {
      made = activate(changes, changes.rows.get('license', only(world).id), { fingerprint, name: null }).id;
    });
    return made;
  }

  test('take as many places as the license has, the same machine one', () => {
    const world = seller();
    subscribe(world);
    const first = activated(world, 'a');
    expect(activated(world, 'a')).toBe(first);
    activated(world, 'b');
    expect(() => activated(world, 'c')).toThrow(/used on 2 machines/);
    world.byApi((changes) => deactivate(changes, first));
    activated(world, 'c');
    expect(() => activated(world, 'a')).toThrow(/used on 2 machines/);
  });

  test('are leased no longer than the license lasts', () => {
    const world = seller({ durationDays: 40 });
    subscribe(world);
    const leased = () => world.rows.all('licenseActivation')[0]?.leasedUntil ?? 0;
    activated(world, 'a');
    expect(leased()).toBe(world.now + 30 * DAY);
    world.by(20 * DAY);
    activated(world, 'a');
    expect(leased()).toBe(only(world).expiresAt);
    world.by(20 * DAY);
    expect(() => activated(world, 'b')).toThrow(/has expired/);
  });

  test('cannot use a license that is suspended, revoked or over', () => {
    const of = (change: Partial<License>) => licenseProblem(sample.license(change), 1000);
    expect([of({ expiresAt: null }), of({ expiresAt: 1001 }), of({ expiresAt: 1000 })]).toEqual([null, null, 'expired']);
    expect([of({ status: 'suspended' }), of({ status: 'revoked', expiresAt: 1 })]).toEqual(['suspended', 'revoked']);
  });
});
