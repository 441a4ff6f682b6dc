/** Credit grants over the life of a customer: each cent is used once, in order, and is in the ledger until then. */
import fc from 'fast-check';
import { availableOf, hasEnded } from '../../../domain/credit/balance';
import { updateCreditGrant } from '../../../domain/credit/grant-changes';
import { usageState } from '../../../domain/agenda/usage';
import { runs } from '../../support/runs';
import { at, sum } from '../builders';
import { DAY, HOUR, World } from './world';

function metered(parameters: Record<string, unknown> = {}, items = [{ price: 'price_calls' }]): { world: World; id: string } {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.metered('price_calls');
  world.metered('price_tokens', { unitAmount: 1, unitAmountDecimal: '1' }, 'mtr_tokens');
  return { world, id: world.create({ items, ...parameters }) };
}

/** Past the renewal and the draft's hour. */
function renew(world: World, id: string): ReturnType<World['last']> {
  world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
  return world.last();
}

const transactions = (world: World, grant: string): [string, number][] =>
  world.rows.where('creditBalanceTransaction', (each) => each.creditGrant === grant).map(({ reason, amount }) => [reason, amount]);
const account = (world: World, name: string): number =>
  sum(world.postings.flatMap(({ entries }) => entries.filter((entry) => entry.ledgerAccount === name).map(({ amount }) => amount)));

describe('an invoice', () => {
  test('shows in a draft the credit that it would use, and uses it when it is final', () => {
    const { world, id } = metered();
    const grant = world.grant({ amount: 1000 });
    world.use(150);
    world.advance(world.item(id).currentPeriodEnd);
    expect(world.last()).toMatchObject({ status: 'draft', subtotal: 300, total: 0, totalCreditAmounts: [{ amount: 300 }] });
    expect(world.left(grant)).toBe(1000);
    world.use(10, { at: world.now - HOUR });
    world.by(2 * HOUR);
    expect(world.last()).toMatchObject({ status: 'paid', subtotal: 320, total: 0, amountDue: 0 });
    expect(world.left(grant)).toBe(680);
    expect(transactions(world, grant)).toEqual([
      ['credits_granted', 1000],
      ['credits_applied', 320],
    ]);
    expect(world.told().filter((type) => type.startsWith('billing.credit'))).toEqual([
      'billing.credit_balance_transaction.created',
      'billing.credit_grant.created',
      'billing.credit_balance_transaction.created',
    ]);
  });

  test('charges the amount above the credit; credit never pays the base fee', () => {
    const { world, id } = metered({}, [{ price: 'price_1000' }, { price: 'price_calls' }]);
    world.grant({ amount: 250 });
    world.use(150);
    expect(renew(world, id)).toMatchObject({ status: 'paid', subtotal: 1300, total: 1050, amountPaid: 1050 });
  });

  test('has a preview that matches it, and a preview uses nothing', () => {
    const { world, id } = metered();
    const grant = world.grant({ amount: 100 });
    world.use(150);
    expect(world.preview({ customer: 'cus_1', subscription: id }).totals).toEqual({ subtotal: 300, total: 200 });
    expect(world.left(grant)).toBe(100);
    expect(renew(world, id).total).toBe(200);
  });

  test('has a preview with the credit at the end of the period, without grants that expire before', () => {
    const { world, id } = metered();
    world.grant({ amount: 100, expiresAt: world.now + 5 * DAY });
    world.grant({ amount: 30, effectiveAt: world.now + 5 * DAY });
    world.use(150);
    expect(world.preview({ customer: 'cus_1', subscription: id }).totals.total).toBe(270);
    expect(renew(world, id).total).toBe(270);
  });

  test('uses grants by priority, expiry, category, effective date and age', () => {
    const { world, id } = metered();
    const far = at('2027-01-01');
    const oldest = world.grant({ amount: 10 });
    const urgent = world.grant({ amount: 10, priority: 10 });
    const promotional = world.grant({ amount: 10, category: 'promotional' });
    const ending = world.grant({ amount: 10, expiresAt: far });
    const endingGiven = world.grant({ amount: 10, expiresAt: far, category: 'promotional' });
    const began = world.grant({ amount: 10, effectiveAt: world.now - DAY });
    const last = world.grant({ amount: 10, priority: 60 });
    world.use(35);
    renew(world, id);
    const applied = world.rows.where('creditBalanceTransaction', ({ reason }) => reason === 'credits_applied');
    expect(applied.map(({ creditGrant }) => creditGrant)).toEqual([urgent, endingGiven, ending, promotional, began, oldest, last]);
  });

  test('uses no grant that is not yet effective, has expired, has another currency, or is for another price', () => {
    const { world, id } = metered();
    world.grant({ effectiveAt: at('2026-07-01') });
    world.grant({ expiresAt: at('2026-04-15') });
    world.grant({ currency: 'eur' });
    world.grant({ prices: ['price_tokens'] });
    world.use(150);
    expect(renew(world, id)).toMatchObject({ total: 300, totalCreditAmounts: [] });
  });

  test('leaves unused credit to the next one, and no cent is used twice', () => {
    const { world, id } = metered();
    const other = world.create({ items: [{ price: 'price_tokens' }] });
    const grant = world.grant({ amount: 350 });
    world.use(150);
    world.use(100, { meter: 'mtr_tokens' });
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    const finals = [id, other].map((of) =>
      world
        .invoices()
        .filter((each) => each.subscription === of)
        .at(-1),
    );
    expect(sum(finals.map((each) => each?.total ?? 0))).toBe(50);
    expect(world.left(grant)).toBe(0);
  });
});

describe('a void invoice', () => {
  const unpaid = () => {
    const { world, id } = metered();
    const grants = {
      paid: world.grant({ amount: 100, expiresAt: at('2026-05-10') }),
      given: world.grant({ amount: 50, category: 'promotional' }),
    };
    world.card('pm_card_chargeCustomerFail');
    world.use(150);
    const invoice = renew(world, id);
    expect(invoice).toMatchObject({ status: 'open', amountDue: 150 });
    return { world, invoice, ...grants };
  };

  test('returns the credit that it used', () => {
    const { world, invoice, paid, given } = unpaid();
    expect(account(world, 'promotional_credits')).toBe(50);
    world.onInvoice(invoice.id, 'voidInvoice');
    expect([world.left(paid), world.left(given)]).toEqual([100, 50]);
    expect(transactions(world, paid).at(-1)).toEqual(['credits_application_invoice_voided', 100]);
    expect(account(world, 'promotional_credits')).toBe(0);
    expect(account(world, 'revenue') + account(world, 'voids')).toBe(0);
  });

  test('returns no usable credit to a grant that has expired or was voided', () => {
    const { world, invoice, paid, given } = unpaid();
    world.endGrant(given, 'void');
    world.advance('2026-05-12');
    world.onInvoice(invoice.id, 'voidInvoice');
    expect([world.left(paid), world.left(given)]).toEqual([0, 0]);
    expect(transactions(world, paid).slice(-2)).toEqual([
      ['credits_application_invoice_voided', 100],
      ['credits_expired', 100],
    ]);
    expect(transactions(world, given).at(-1)).toEqual(['credits_voided', 50]);
  });
});

describe('the end of a grant', () => {
  test('is posted at its time: unused paid credit is breakage, unused promotional credit costs nothing', () => {
    const { world } = metered();
    const ends = at('2026-04-10T12:00:00Z');
    const paid = world.grant({ expiresAt: ends });
    const given = world.grant({ expiresAt: ends, category: 'promotional' });
    expect(world.agenda('usage', 'cus_1')).toEqual([
      ['expireCreditGrant', ends],
      ['expireCreditGrant', ends],
    ]);
    expect(account(world, 'prepaid_credits')).toBe(-1000);
    world.advance(ends + 1);
    expect([world.left(paid), world.left(given)]).toEqual([0, 0]);
    expect(account(world, 'credit_breakage')).toBe(-1000);
    expect(account(world, 'prepaid_credits')).toBe(0);
  });

  test('can be postponed before it has come, also by a request that still sees the earlier one', () => {
    const { world } = metered();
    const [first, second] = [world.now + DAY, world.now + 5 * DAY];
    const grant = world.grant({ expiresAt: first });
    const commitKeys = () => usageState(world.rows, 'cus_1', world.now).agenda.map(({ key: commitKey }) => commitKey);
    const before = commitKeys();
    const putOff = (expiresAt: number | null) => {
      world.byApi((changes) => {
        updateCreditGrant(changes, grant, { expiresAt });
      });
    };
    putOff(second);
    expect(commitKeys()).not.toEqual(before);
    world.advance(first + 1);
    expect(world.left(grant)).toBe(1000);
    expect(() => {
      putOff(world.now);
    }).toThrow('must be in the future');
    putOff(null);
    world.advance(second + 1);
    expect(world.left(grant)).toBe(1000);
    putOff(second + DAY);
    world.advance(second + DAY);
    expect(world.left(grant)).toBe(0);
  });

  test('of credit that a voided invoice gave back comes with the end of its grant', () => {
    const { world } = metered();
    world.card('pm_card_chargeCustomerFail');
    const first = world.grant({ expiresAt: world.now + 45 * DAY });
    world.use(600);
    world.by(32 * DAY);
    expect(world.left(first)).toBe(0);
    world.grant({ expiresAt: world.now + 40 * DAY, prices: ['price_tokens'] });
    world.onInvoice(world.last().id, 'voidInvoice');
    expect(world.left(first)).toBe(1000);
    world.by(14 * DAY);
    expect(world.left(first)).toBe(0);
  });

  test('counts from its instant, however late it is posted', () => {
    const { world } = metered();
    const grant = world.rows.get('creditGrant', world.grant({ expiresAt: world.now + DAY }));
    expect([DAY - 1, DAY].map((later) => availableOf(grant, world.now + later))).toEqual([1000, 0]);
  });

  test('by request takes the rest, once', () => {
    const { world } = metered();
    const [expired, voided] = [world.grant(), world.grant()];
    world.endGrant(expired, 'expire');
    world.endGrant(voided, 'void');
    expect([world.left(expired), world.left(voided)]).toEqual([0, 0]);
    expect([account(world, 'credit_breakage'), account(world, 'prepaid_credit_sales')]).toEqual([-1000, 1000]);
    for (const grant of [expired, voided]) {
      expect(() => {
        world.endGrant(grant, 'expire');
      }).toThrow('can no longer be changed');
    }
  });
});

describe('in any order', () => {
  const amount = fc.integer({ min: 1, max: 400 });
  const which = fc.nat(9);
  const category = fc.constantFrom('paid' as const, 'promotional' as const);
  const prices = fc.constantFrom<string[] | null>(null, ['price_calls'], ['price_tokens']);
  const begins = fc.constantFrom(null, -5, 20);
  const lasts = fc.constantFrom(null, 1, 25, 70);
  const grants = fc
    .record({ amount, category, prices, begins, lasts, priority: fc.integer({ min: 0, max: 2 }) })
    .map(({ begins: from, lasts: days, ...grant }) => (world: World) => {
      const effectiveAt = from === null ? null : world.now + from * DAY;
      world.grant({ ...grant, effectiveAt, expiresAt: days === null ? null : Math.max(world.now, effectiveAt ?? 0) + days * DAY });
    });
  const usages = fc.record({ amount, meter: fc.constantFrom('mtr_calls', 'mtr_tokens') }).map((event) => (world: World) => {
    world.use(event.amount, { meter: event.meter });
  });
  const waits = fc.integer({ min: 1, max: 40 }).map((days) => (world: World) => {
    world.by(days * DAY);
  });
  const cards = fc.constantFrom('pm_card_chargeCustomerFail', 'pm_card_visa').map((card) => (world: World) => {
    world.card(card);
  });
  const voids = which.map((index) => (world: World) => {
    const open = world.invoices().filter(({ status }) => status === 'open');
    const invoice = open[index % Math.max(1, open.length)];
    if (invoice) world.onInvoice(invoice.id, 'voidInvoice');
  });
  const ends = fc.tuple(which, fc.constantFrom('void' as const, 'expire' as const)).map(([index, how]) => (world: World) => {
    const living = world.rows.where('creditGrant', (grant) => !hasEnded(grant, world.now));
    const grant = living[index % Math.max(1, living.length)];
    if (grant) world.endGrant(grant.id, how);
  });

  test('of grants, usage, renewals, failures, voids and expiries no cent is used twice or lost', () => {
    const steps = fc.array(fc.oneof(grants, grants, usages, usages, waits, waits, cards, voids, ends), { minLength: 3, maxLength: 16 });
    fc.assert(
      fc.property(steps, (all) => {
        const { world } = metered({}, [{ price: 'price_1000' }, { price: 'price_calls' }, { price: 'price_tokens' }]);
        for (const step of all) step(world);
      }),
      { numRuns: runs(60) },
    );
  });
});
