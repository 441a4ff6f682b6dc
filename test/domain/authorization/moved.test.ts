import fc from 'fast-check';
import { movedBy } from '../../../domain/authorization/moved';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { PaymentAttempt } from '../../../domain/rows/payment-attempt';
import * as sample from '../../objects/rows';
import { World } from '../subscription/world';

const attempt = (of: Pick<PaymentAttempt, 'amount' | 'kind'>): PaymentAttempt =>
  ({ id: 'pi_new/attempt-1', currency: 'usd', status: 'open', ...of }) as PaymentAttempt;

/** Everything that moves money although no posting says so yet: by the amount that a commit writes. */
const WRITES: Record<string, (changes: ChangeSet, amount: number) => void> = {
  'a refund': (changes, amount) => void changes.put('refund', sample.refund({ id: 're_new', amount, currency: 'usd' })),
  'a charge': (changes, amount) => void changes.put('paymentAttempt', attempt({ amount, kind: 'payment' })),
  'a capture': (changes, amount) => void changes.put('paymentIntent', sample.paymentIntent({ id: 'pi_new', captureRequested: amount })),
  'an item of the next invoice': (changes, amount) =>
    void changes.put('invoiceItem', sample.invoiceItem({ id: 'ii_new', amount, currency: 'usd', deleted: false })),
  'a credit': (changes, amount) => void changes.put('creditGrant', sample.creditGrant({ id: 'credgr_new', amount, currency: 'usd' })),
  'a credit note': (changes, amount) => void changes.put('creditNote', sample.creditNote({ id: 'cn_new', total: amount, currency: 'usd' })),
  'a balance': (changes, amount) =>
    void changes.put(
      'customerBalanceTransaction',
      sample.customerBalanceTransaction({ id: 'cbtxn_new', amount: -amount, currency: 'usd' }),
    ),
  'a dispute that is given up': (changes, amount) =>
    void changes.put('dispute', sample.dispute({ id: 'du_new', amount, currency: 'usd', pendingCall: 'close' })),
  'a posting': (changes, amount) => {
    const entry = (ledgerAccount: 'receivable' | 'revenue', of: number) => ({ ledgerAccount, amount: of, currency: 'usd', invoice: null });
    changes.post('invoice', 'in_new', null, [entry('receivable', amount), entry('revenue', -amount)]);
  },
};

test('whatever a commit writes that moves money is measured with its whole amount, and beside anything else', () => {
  const names = fc.uniqueArray(fc.constantFrom(...Object.keys(WRITES)), { minLength: 1 });
  fc.assert(
    fc.property(names, fc.array(fc.integer({ min: 1, max: 99_999_999 }), { minLength: 9, maxLength: 9 }), (chosen, amounts) => {
      const changes = new World().trial();
      chosen.forEach((name, index) => WRITES[name]?.(changes, amounts[index] ?? 1));
      const most = Math.max(...amounts.slice(0, chosen.length));
      expect(movedBy(changes)).toEqual([{ currency: 'usd', amount: most }]);
    }),
  );
});

test('rows of one kind add up, currencies are apart, and what stays as it was moves nothing', () => {
  const changes = new World().trial();
  for (const [id, amount, currency] of [
    ['re_1', 300, 'usd'],
    ['re_2', 200, 'usd'],
    ['re_3', 100, 'eur'],
  ] as const) {
    changes.put('refund', sample.refund({ id, amount, currency }));
  }
  expect(movedBy(changes)).toEqual([
    { currency: 'usd', amount: 500 },
    { currency: 'eur', amount: 100 },
  ]);
  const none = new World().trial();
  none.put('paymentIntent', sample.paymentIntent({ id: 'pi_new' }));
  none.put('paymentAttempt', attempt({ amount: 100, kind: 'setup' }));
  expect(movedBy(none)).toEqual([]);
});
