/**
 * What Stripe has moved: its balance transactions, type by type. An account at Stripe may have payments that Dunlin has not made; those are left
 * out, and so are refunds and disputes of them.
 */
import type Stripe from 'stripe';
import { sumOf } from '../../domain/money/money';
import { SETTLED_KINDS, type Settled, type SettlementRecord } from '../../domain/rows/reconciliation';
import { keyOf } from '../remote-processor';
import { asking } from './asking';
import { feeIn } from './fees';
import { statusOf } from './refunds';

type Movement = Stripe.BalanceTransaction;
type Read = (movement: Movement) => Promise<Settled | null> | Settled | null;

export async function readSettlement(stripe: Stripe, range: { from: number; to: number }): Promise<SettlementRecord> {
  const rows = new Map<string, Settled>();
  const fees = new Map<string, Promise<number | null>>();
  for (const [type, expand, read] of [
    ...CHARGES.map((each) => [each, 'data.source', (movement: Movement) => chargeIn(stripe, movement, fees)] as const),
    ...REFUNDS.map((each) => [each, 'data.source.payment_intent', refundIn] as const),
    ['adjustment', 'data.source', (movement: Movement) => disputeIn(stripe, movement)] as const,
  ]) {
    for (const row of await readType(stripe, { type, expand, ...range }, read)) rows.set(`${row.kind}/${row.reference}`, row);
  }
  return { kinds: SETTLED_KINDS, rows: [...rows.values()] };
}

/** `payment` and `payment_refund`: of what is no card, as a wallet of Stripe's. */
const CHARGES = ['charge', 'payment'];
/** A refund that fails has two movements. Either says how the refund stands now. */
const REFUNDS = ['refund_failure', 'refund', 'payment_refund'];

async function readType(
  stripe: Stripe,
  { type, expand, from, to }: { type: string; expand: string; from: number; to: number },
  read: Read,
): Promise<Settled[]> {
  return asking(async () => {
    const rows: Settled[] = [];
    const list = stripe.balanceTransactions.list({ type, created: { gte: from, lt: to }, limit: 100, expand: [expand] });
    for await (const movement of list) {
      const row = await read(movement);
      if (row !== null) rows.push(row);
    }
    return rows;
  });
}

/** @param fees of charges that were captured in several parts */
async function chargeIn(stripe: Stripe, movement: Movement, fees: Map<string, Promise<number | null>>): Promise<Settled | null> {
  const { created: at, source } = movement;
  if (!isOf(source, 'charge') || keyOf(source) === null) return null;
  const { amount_captured: amount, currency } = source;
  const reference = paymentOf(source);
  if (reference === null) return null;
  const row = { kind: 'charge', reference, amount, currency, status: 'succeeded', at } as const;
  if (source.payment_method_details?.card?.multicapture?.status !== 'available')
    return { ...row, fee: feeIn(movement, { amount, currency }) };
  const asked = fees.get(source.id) ?? feeOfCaptures(stripe, source);
  fees.set(source.id, asked);
  return { ...row, fee: await asked };
}

const paymentOf = ({ payment_intent: of }: Stripe.Charge): string | null => (typeof of === 'object' ? (of?.id ?? null) : of);

/** Each capture is a movement with a fee of its own. In another currency each is converted and rounded by itself, so their sum says nothing. */
async function feeOfCaptures(stripe: Stripe, { id: source, currency }: Stripe.Charge): Promise<number | null> {
  const { data } = await stripe.balanceTransactions.list({ source, type: 'charge', limit: 100 });
  return data.every((each) => each.currency === currency) ? sumOf(data.map(({ fee }) => fee)) : null;
}

function refundIn(movement: Movement): Settled | null {
  const { created: at, source } = movement;
  if (!isOf(source, 'refund') || !isOurs(source.payment_intent)) return null;
  const { id: reference, amount, currency } = source;
  const status = statusOf(source) === 'failed' ? 'failed' : 'succeeded';
  return { kind: 'refund', reference, amount, currency, status, fee: feeIn(movement, { amount, currency }), at };
}

/** Of an adjustment for something else than a dispute, Dunlin books nothing. */
async function disputeIn(stripe: Stripe, movement: Movement): Promise<Settled | null> {
  const { amount: converted, created: at, source } = movement;
  if (!isOf(source, 'dispute') || converted === 0) return null;
  const { amount, currency, id: reference, payment_intent } = await stripe.disputes.retrieve(source.id, { expand: ['payment_intent'] });
  if (!isOurs(payment_intent)) return null;
  const row = { reference, amount, currency, status: 'succeeded' as const, at };
  if (converted > 0) return { ...row, kind: 'dispute_reversal', fee: null };
  return { ...row, kind: 'dispute', fee: feeIn(movement, { amount, currency }) };
}

interface Sources {
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
}

const isOf = <Kind extends keyof Sources>(source: Movement['source'], kind: Kind): source is Sources[Kind] =>
  typeof source === 'object' && source?.object === kind;

const isOurs = (payment: Stripe.PaymentIntent | string | null): boolean =>
  typeof payment === 'object' && payment !== null && keyOf(payment) !== null;
