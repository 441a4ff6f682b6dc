import type { ChangeSet } from '../../../domain/core/change-set';
import {
  bookCharge,
  bookCountering,
  bookFeeCorrection,
  bookLoss,
  bookRefund,
  bookRefundFailure,
  bookReinstatement,
  bookWithdrawal,
} from '../../../domain/payment/balance';
import * as sample from '../../objects/rows';
import { World } from '../subscription/world';

const charge = sample.charge({ id: 'ch_1', amount: 1200, invoice: 'in_1' });
const refund = sample.refund({ id: 're_1', charge: 'ch_1', amount: 500 });
const dispute = sample.dispute({ id: 'du_1', charge: 'ch_1', amount: 1200 });

/** The ledger entries of a booking (debits positive), and the net amount that moves on the account's balance. */
function booked(book: (changes: ChangeSet) => unknown) {
  const changes = new World().trial();
  book(changes);
  const entries = changes.postings.flatMap((posting) => posting.entries.map(({ ledgerAccount, amount }) => [ledgerAccount, amount]));
  return { entries, net: changes.rows.all('balanceTransaction').map(({ net }) => net) };
}

test.each<[string, (changes: ChangeSet) => unknown, [string, number][], number[]]>([
  [
    'a charge of an invoice settles its receivable, less the fee',
    (changes) => bookCharge(changes, charge, 1200, { pendingBalance: false }),
    [
      ['cash_clearing', 1200],
      ['receivable', -1200],
      ['processor_fees', 65],
      ['cash_clearing', -65],
    ],
    [1135],
  ],
  [
    'a charge without an invoice is revenue, less the fee',
    (changes) => bookCharge(changes, { ...charge, invoice: null }, 1200, { pendingBalance: false }),
    [
      ['cash_clearing', 1200],
      ['revenue', -1200],
      ['processor_fees', 65],
      ['cash_clearing', -65],
    ],
    [1135],
  ],
  [
    'a refund is paid from cash; the fee of the charge stays',
    (changes) => bookRefund(changes, refund, charge),
    [
      ['refunds', 500],
      ['cash_clearing', -500],
    ],
    [-500],
  ],
  [
    'a refund that fails is the opposite of the refund',
    (changes) => bookRefundFailure(changes, refund, charge),
    [
      ['cash_clearing', 500],
      ['refunds', -500],
    ],
    [500],
  ],
  [
    'a chargeback withholds its amount, and costs a fee',
    (changes) => bookWithdrawal(changes, dispute, { charge }),
    [
      ['disputes_withheld', 1200],
      ['processor_fees', 1500],
      ['cash_clearing', -2700],
    ],
    [-2700],
  ],
  [
    'a fee that the processor tells late corrects what was estimated, and moves no other money',
    (changes) => bookFeeCorrection(changes, dispute, { charge, fee: 500 }),
    [
      ['processor_fees', 500],
      ['cash_clearing', -500],
    ],
    [-500],
  ],
  [
    'a won dispute returns the amount, not the fee',
    (changes) => bookReinstatement(changes, dispute, charge),
    [
      ['cash_clearing', 1200],
      ['disputes_withheld', -1200],
    ],
    [1200],
  ],
  [
    'a dispute that was countered for a fee, and is won, returns that fee, too',
    (changes) => {
      bookCountering(changes, dispute, { fee: 1500, charge });
      return bookReinstatement(changes, { ...dispute, counterFee: 1500 }, charge);
    },
    [
      ['processor_fees', 1500],
      ['cash_clearing', -1500],
      ['cash_clearing', 2700],
      ['disputes_withheld', -1200],
      ['processor_fees', -1500],
    ],
    [-1500, 2700],
  ],
  [
    'a lost dispute makes the withheld amount a loss, and moves no money',
    (changes) => {
      bookLoss(changes, dispute, charge);
    },
    [
      ['dispute_losses', 1200],
      ['disputes_withheld', -1200],
    ],
    [],
  ],
])('%s', (_, book, entries, net) => {
  expect(booked(book)).toEqual({ entries, net });
});
