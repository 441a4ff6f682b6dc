/** A processor's own record of the money that it moved, with which ours is compared. */
import type { SettlementRecord } from '../domain/rows/reconciliation';

/** Everything that it did from `from` to before `to`, epoch seconds in real time; in any order, each once. */
export type ReadSettlement = (range: { from: number; to: number }) => Promise<SettlementRecord>;
