/** Charges, captures and refunds that wait, because they must not be sent to their processor now. */

/** The processor is paused, or the seller has stopped all movement of money. */
export const WAITING_REASONS = ['money_stopped', 'processor_paused'] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** Of an attempt or a refund. */
export interface Sending {
  /** Null: it does not wait. */
  waitingFor: WaitingReason | null;
  /** When it is sent, once its processor has been resumed. Epoch seconds on the customer's time; null: nobody knows yet. */
  sendsAt: number | null;
  /** How often it was kept back. It is part of the commit key of its call, so that each call has its own. */
  waits: number;
}

export const SENT_AT_ONCE: Sending = { waitingFor: null, sendsAt: null, waits: 0 };

/** The answer of a call that was not made. */
export interface Waits {
  outcome: 'waiting';
  reason: WaitingReason;
  /** The processor was asked, and has never seen it. Another one is not asked then. */
  asked?: true;
}

/** The change of what was kept back. */
export const keptBack = ({ waits }: Sending, { reason }: Pick<Waits, 'reason'>): Sending => ({
  waitingFor: reason,
  sendsAt: null,
  waits: waits + 1,
});

/** Behind the commit key of a call that was kept back before. */
export const sendingSuffix = ({ waits }: Sending): string => (waits === 0 ? '' : `/sent-${String(waits + 1)}`);

/** Whether an answer says that the call was not made. */
export const isWaiting = (answer: unknown): answer is Waits =>
  typeof answer === 'object' && answer !== null && (answer as { outcome?: unknown }).outcome === 'waiting';
