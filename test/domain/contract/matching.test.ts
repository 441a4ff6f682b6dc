import { contractOf, decide } from '../../../domain/contract/matching';
import type { Declaration } from '../../../domain/rows/customer-request';
import { Rows } from '../../../domain/rows/rows';
import type { Subscription } from '../../../domain/rows/subscription';
import * as made from '../../objects/rows';

const DAY = 86_400;
const settings = { cancellation: 'at_period_end', owner: 'billing', pages: true, withdrawal_days: 14 } as const;
const declaration: Declaration = { ...made.customerRequest().declaration, contract: 'sub_1', email: 'jo@example.com' };

function world(change: Partial<Subscription> = {}) {
  const subscription = made.subscription({
    id: 'sub_1',
    customer: 'cus_1',
    status: 'active',
    hidden: false,
    cancelAt: null,
    schedule: null,
    ...change,
  });
  const item = made.subscriptionItem({ subscription: 'sub_1', deleted: false });
  const rows = new Rows({
    subscription: [subscription],
    subscriptionItem: [item],
    customer: [made.customer({ id: 'cus_1', email: 'Jo@Example.com' })],
    invoice: [made.invoice({ id: 'in_1', number: 'NW-1', subscription: 'sub_1', consolidates: [] })],
  });
  return { rows, subscription, item };
}

describe('a declaration proves whose contract it is about', () => {
  const of = (change: Partial<Declaration>) => contractOf(world().rows, { ...declaration, ...change })?.id ?? null;

  test('by the e-mail address together with the id or the number of an invoice', () => {
    expect([of({}), of({ contract: 'NW-1' }), of({ contract: ' in_1 ' }), of({ email: ' JO@example.com' })]).toEqual(
      Array(4).fill('sub_1'),
    );
  });

  test('and by neither of them alone', () => {
    expect([of({ contract: 'sub_2' }), of({ contract: '' }), of({ email: 'eve@example.com' }), of({ email: '' })]).toEqual(
      Array(4).fill(null),
    );
  });
});

describe('what is done with a contract that was matched', () => {
  const decided = (
    type: 'cancellation' | 'deletion' | 'withdrawal',
    of: Partial<Subscription> = {},
    said: Partial<Declaration> = {},
    days = 3,
  ) => {
    const { rows, subscription } = world(of);
    const asked = { type, declaration: { ...declaration, ...said }, subscription };
    return decide(rows, asked, { settings, now: subscription.created + days * DAY });
  };

  test('a cancellation ends it with the period that is paid', () => {
    const { item } = world();
    expect(decided('cancellation').plan).toMatchObject({ effect: 'at_period_end', refunds: [] });
    expect(decided('cancellation', {}, {}, -10_000).plan?.endsAt).toBe(item.currentPeriodEnd);
  });

  test('a withdrawal ends it at once, within 14 days', () => {
    expect(decided('withdrawal').plan?.effect).toBe('immediately');
    expect(decided('withdrawal', {}, {}, 16)).toEqual({ openReason: 'too_late', plan: null });
  });

  describe('a withdrawal gives money back', () => {
    const charge = made.charge({
      invoice: 'in_1',
      paid: true,
      disputed: false,
      status: 'succeeded',
      amountCaptured: 3500,
      amountRefunded: 0,
    });
    const withdrawn = (change: ConstructorParameters<typeof Rows>[0]) => {
      const { rows, subscription } = world();
      rows.putAll(new Rows({ charge: [charge], ...change }));
      const asked = { type: 'withdrawal', declaration, subscription } as const;
      return decide(rows, asked, { settings, now: subscription.created + 3 * DAY });
    };
    const line = (id: string, subscription: string, amount: number) =>
      made.invoiceLineItem({ ...{ id, subscription, amount }, invoice: 'in_1', discountAmounts: [], creditAmounts: [], taxes: [] });

    test('that was paid for its own contract, of an invoice for several', () => {
      const invoice = [made.invoice({ id: 'in_1', subscription: null, consolidates: ['sub_1', 'sub_2'] })];
      const lines = [line('il_1', 'sub_1', 1000), line('il_2', 'sub_2', 2500)];
      expect(withdrawn({ invoice, invoiceLineItem: lines }).plan?.refunds).toMatchObject([{ charge: charge.id, amount: 1000 }]);
    });

    test('rounded in favor of the consumer, where its currency does not move each minor unit, and never more than was paid', () => {
      const invoice = [made.invoice({ id: 'in_1', subscription: null, consolidates: ['sub_1', 'sub_2'] })];
      const given = (own: number, currency: string) =>
        withdrawn({
          charge: [made.charge({ ...charge, currency })],
          invoice,
          invoiceLineItem: [line('il_1', 'sub_1', own), line('il_2', 'sub_2', 3500 - own)],
        }).plan?.refunds.map(({ amount }) => amount);
      expect([given(1001, 'usd'), given(1001, 'kwd'), given(3499, 'isk')]).toEqual([[1001], [1010], [3500]]);
    });

    test('once, however often it is declared at the same time', () => {
      const first = made.customerRequest({ type: 'withdrawal', subscription: 'sub_1', plan: withdrawn({}).plan });
      expect(withdrawn({ customerRequest: [first] })).toEqual({ openReason: 'not_possible', plan: null });
    });

    test('when the bank has decided: until then a person waits, so that no debit is kept', () => {
      const pending = made.charge({ ...charge, status: 'pending', paid: false });
      expect(withdrawn({ charge: [pending] })).toEqual({ openReason: 'payment_pending', plan: null });
    });
  });

  test('everything else waits for a person', () => {
    expect(decided('cancellation', {}, { kind: 'extraordinary' }).openReason).toBe('extraordinary');
    expect(decided('cancellation', {}, { date: '2027-01-01' }).openReason).toBe('later_date');
    expect(decided('cancellation', { schedule: 'sub_sched_1' }).openReason).toBe('not_possible');
    expect(decided('withdrawal', { status: 'canceled' }).openReason).toBe('not_possible');
    expect(decided('deletion').openReason).toBe('reviewed');
  });
});
