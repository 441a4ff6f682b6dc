import type { Metadata, Resource } from './resource';

/** What a decline asks for. `other`: no list has its code. */
export const DECLINE_GROUPS = ['ask_bank', 'authenticate', 'fix_card', 'never', 'other', 'try_soon', 'wait_for_money'] as const;
export type DeclineGroup = (typeof DECLINE_GROUPS)[number];

/** What happens to the subscription after the last step. `pause`: it collects no more until the seller resumes it. */
export const FINAL_ACTIONS = ['cancel', 'past_due', 'pause', 'unpaid'] as const;
export type FinalAction = (typeof FINAL_ACTIONS)[number];

/** The mails of `domain/mail` that a step can send. */
export const RECOVERY_MAILS = ['action_required', 'payment_failed'] as const;
export type RecoveryMail = (typeof RECOVERY_MAILS)[number];

/** What a person can answer in a recovery: go on, end it with the final action now, or collect the invoice no more. */
export const RECOVERY_ANSWERS = ['continue', 'end', 'stop'] as const;
export type RecoveryAnswer = (typeof RECOVERY_ANSWERS)[number];

export const RECOVERY_STEPS = ['downgrade', 'end_access', 'mail', 'notify', 'retry', 'task', 'wait'] as const;

/** One step of a program, in Stripe's snake_case, as it is stored and shown. */
export type RecoveryStep =
  | { type: 'wait'; seconds: number }
  | {
      type: 'retry';
      /** Only after declines of these groups; after others the step passes without a charge. Null: after all. */
      declines: DeclineGroup[] | null;
      /** Only in these hours of the customer's day: from 9 to 18 is until 17:59. Null: at any hour. */
      hours: { from: number; to: number } | null;
      /** If money is missing, on the next of these days of the month, if it is within a week. 31: the last day. Null: on any day. */
      paydays: number[] | null;
    }
  | { type: 'mail'; mail: RecoveryMail }
  /** The subscription is past due and gives no access any more. Until then it does. */
  | { type: 'end_access' }
  /** The item of the price `from` gets the price `to`, without proration. */
  | { type: 'downgrade'; from: string; to: string }
  /** The program waits until a person has answered, or the time is over. */
  | { type: 'task'; title: string; owner: string | null; answer_within: number; default: RecoveryAnswer }
  | {
      type: 'notify';
      /** The seller's own word, which the event has. */
      notice: string;
    };

export interface RecoveryArm {
  name: string;
  /** Percent of the invoices. */
  share: number;
  steps: RecoveryStep[];
  ends_in: FinalAction;
}

/** Which invoices a program is for: those that fit each of its conditions. Null: any. In Stripe's snake_case. */
export interface RecoverySegment {
  countries: string[] | null;
  currencies: string[] | null;
  /** Minor units. */
  amount_from: number | null;
  amount_to: number | null;
  /** Days since the subscription began, or since the customer was created. */
  tenure_days_from: number | null;
  tenure_days_to: number | null;
  prices: string[] | null;
  products: string[] | null;
  decline_codes: string[] | null;
  decline_groups: DeclineGroup[] | null;
}

/** How unpaid invoices are recovered. A change of arms or segment is another version; what runs keeps the version that it began with. */
export interface RecoveryProgram extends Resource {
  name: string;
  /** Programs that are not active take no new invoices. */
  active: boolean;
  /** The first program that fits an invoice recovers it: the lowest position, then the oldest. */
  position: number;
  segment: RecoverySegment;
  arms: RecoveryArm[];
  version: number;
  metadata: Metadata;
}

/** What a program was from one change to the next. Never changed. */
export interface RecoveryProgramVersion extends Resource {
  program: string;
  version: number;
  segment: RecoverySegment;
  arms: RecoveryArm[];
}

/** The program as one recovery follows it to its end. */
export interface PinnedProgram {
  /** Null: the account's default. */
  id: string | null;
  version: string;
  arm: string | null;
  /** Why this one: the conditions that fit. */
  reason: string;
  steps: RecoveryStep[];
  ends_in: FinalAction;
}
