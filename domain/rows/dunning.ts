import type { PinnedProgram } from './recovery-program';

export const RECOVERY_STATUSES = ['exhausted', 'recovered', 'running', 'stopped'] as const;

/** The recovery of one unpaid invoice, by the program that was chosen when its first attempt failed. */
export interface Dunning {
  invoice: string;
  account: string;
  livemode: boolean;
  customer: string;
  subscription: string | null;
  created: number;
  program: PinnedProgram;
  status: (typeof RECOVERY_STATUSES)[number];
  failedAt: number;
  /** The place of the next step in the program; after the last one it is the final action. Waits are never next. */
  step: number;
  /** When the step before it was done, or the attempt before it was made. Epoch seconds. */
  reachedAt: number;
  /** When the next step is due. Epoch seconds; null once the recovery has ended. */
  dueAt: number | null;
  /** Retries whose time has come, including those skipped because the card could not succeed. */
  retries: number;
  /** When the next retry is due, as far as it is known now. */
  nextRetryAt: number | null;
  failedPaymentMethod: string | null;
  declineCode: string | null;
  /** The card will repeat this decline, so only a new card is tried. */
  hard: boolean;
  /** Earlier, the card may not be charged: its network or bank wants that. Epoch seconds. */
  notBefore: number | null;
  /** Where the customer was when it began: whose hours and paydays count. */
  country: string | null;
  /** What remained to be paid when it began, in minor units, and what had been paid and credited before. */
  amount: number;
  paidBefore: number;
  creditedBefore: number;
  firstDeclineCode: string | null;
  /** The place of the retry whose charge was begun last; null: none yet, or another card was tried since. */
  triedStep: number | null;
  /** What has paid the invoice: a retry of the program, another card that was tried at once, or somebody in another way. */
  recoveredBy: 'new_card' | 'payment' | 'retry' | null;
  /** The place of the retry that has paid it. */
  recoveredStep: number | null;
  /** The task of a person for which the program waits. */
  task: string | null;
  /** The last notice that the program has given the seller. */
  notice: string | null;
  endedAt: number | null;
}
