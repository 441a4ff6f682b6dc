import fc from 'fast-check';
import { DISPUTE_POLICIES } from '../../../domain/rows/account';
import { WHEN_UNANSWERED } from '../../../domain/rows/dispute';
import type { World } from './world';

type Command = [string, (world: World) => void];

/** What the sandbox's bank is told; without a decision it never decides, and without evidence the dispute is lost on its due date. */
const texts = ['winning_evidence', 'losing_evidence', 'overturned_evidence', 'escalate_inquiry_evidence', 'She used it.', null] as const;

/** A bank takes back a part of a charge, or more than it; a charge may be disputed again. */
const open = ({ which, percent, inquiry, text }: { which: number; percent: number; inquiry: boolean; text: string | null }): Command => [
  `${inquiry ? 'ask about' : 'dispute'} ${String(percent)}% of ${String(which)}, ${text ?? 'no evidence'}`,
  (world) => {
    const charges = world.rows.where('charge', ({ status, captured }) => status === 'succeeded' && captured);
    const charge = charges[which % Math.max(1, charges.length)];
    if (!charge) return;
    const amount = Math.max(1, Math.ceil((charge.amountCaptured * percent) / 100));
    const dispute = world.dispute(charge.id, { amount, inquiry });
    if (text !== null) world.answerDispute(dispute, text);
  },
];

const asks = fc.record({
  which: fc.nat({ max: 7 }),
  percent: fc.constantFrom(1, 33, 50, 100, 150),
  inquiry: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  text: fc.constantFrom(...texts),
});

const policies = fc.constantFrom(...DISPUTE_POLICIES);

export const disputeCommands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: asks.map(open) },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 7 }).map((which): Command => [
      `accept dispute ${String(which)}`,
      (world) => {
        const disputes = world.rows.all('dispute');
        const dispute = disputes[which % Math.max(1, disputes.length)];
        if (dispute) world.ask('dispute', dispute.id, 'closeDispute');
      },
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('payable' as const, 'taken_back' as const).map((tax): Command => [
      `tax of lost disputes: ${tax}`,
      (world) => {
        world.disputes({ tax_when_lost: tax });
      },
    ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ opened: policies, lost: policies, won: fc.constantFrom('none' as const, 'resume' as const) })
      .map(({ opened, lost, won }): Command => [
        `disputes ${opened}, lost ${lost}, won ${won}`,
        (world) => {
          world.disputes({ subscription: opened, subscription_when_lost: lost, subscription_when_won: won });
        },
      ]),
  },
  {
    weight: 1,
    arbitrary: fc.record({ answer: fc.constantFrom(...WHEN_UNANSWERED), fee: fc.boolean() }).map(({ answer, fee }): Command => [
      `unanswered disputes: ${answer}, ${fee ? 'a fee' : 'no fee'} for evidence`,
      (world) => {
        world.disputes({ when_unanswered: answer, counter_fee: fee });
      },
    ]),
  },
);
