/**
 * A processor's own record of the money that it moved, with which ours is compared. Stripe's are its balance transactions: `charge` and `refund` by their
 * source, with `fee` and `created`.
 */
import type { Settled } from '../domain/rows/reconciliation';

/** Everything that it did from `from` to before `to`, epoch seconds in real time; in any order, each once. */
export type ReadSettlement = (range: { from: number; to: number }) => Promise<Settled[]>;
