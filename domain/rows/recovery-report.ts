export const RECOVERY_GROUPS = ['arm', 'decline_code', 'program', 'step', 'version'] as const;
export type RecoveryGroup = (typeof RECOVERY_GROUPS)[number];

/** What became of the recoveries of a group that began in a span, in one currency. Amounts in minor units. */
export interface RecoveryFigures {
  group: string | null;
  /** Of all groups of the currency. */
  isTotal: boolean;
  currency: string;
  invoices: number;
  recovered: number;
  exhausted: number;
  stopped: number;
  running: number;
  /** What remained to be paid when they began. It is what was recovered, credited and lost, and what is open. */
  amount: number;
  amountRecovered: number;
  /** What credit notes have taken off since. */
  amountCredited: number;
  /** What remains of invoices whose recovery has ended. */
  amountLost: number;
  /** What remains of those that run. */
  amountOpen: number;
}
