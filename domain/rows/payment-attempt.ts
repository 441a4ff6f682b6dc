import type { PaymentError, VerifyDeposits } from './payment-intent';
import type { CardCheck } from './payment-method';
import type { Resource } from './resource';
import type { Route } from './routing';
import type { Voucher } from './voucher';
import type { Sending, Waits } from './waiting';

/** One try at a payment (or setup); its id, `<intent>/attempt-<number>`, is the gateway's idempotency key. */
export interface PaymentAttempt extends Resource, Sending {
  intent: string;
  invoice: string | null;
  customer: string | null;
  /** The workflow that runs it. Only that workflow calls the gateway and commits the answer. */
  workflow: string;
  number: number;
  kind: 'payment' | 'setup';
  /** `processing`: the payer's bank collects, or the payer has a voucher; the outcome is known later. `waiting`: it was not sent yet. */
  status: 'open' | 'waiting' | 'requires_action' | 'unknown' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  amount: number;
  currency: string;
  paymentMethod: string;
  /** The card's fingerprint, for the velocity rule. */
  fingerprint: string;
  gateway: string;
  gatewayReference: string | null;
  offSession: boolean;
  /** The state of 3-D Secure: requested, passed, failed, or null if it was never requested. */
  threeDSecure: 'requested' | 'authenticated' | 'failed' | null;
  assessment: FraudAssessment | null;
  answer: GatewayAnswer | null;
  answeredAt: number | null;
  /** The mandate under which a bank account is debited. */
  mandate: string | null;
  /** How it came to its processor; null: the seller has no rules. */
  route: Route | null;
  /** When the bank decides a debit, a voucher expires, or an account can no longer be verified; null if nobody knows. Epoch seconds. */
  settlesAt: number | null;
}

export const OPEN_ATTEMPT_STATUSES: readonly PaymentAttempt['status'][] = ['open', 'requires_action', 'unknown', 'processing', 'waiting'];

/**
 * Whether the attempt is still to be decided without its payer: the processor is being asked, its answer was lost, a bank still collects, or it
 * waits to be sent. What the attempt pays is not charged again meanwhile.
 */
export const isUndecided = ({ status }: Pick<PaymentAttempt, 'status'>): boolean =>
  status === 'open' || status === 'unknown' || status === 'processing' || status === 'waiting';

/** Whether no processor has the attempt, so that it can be withdrawn: it waits for the cardholder, or to be sent. */
export const isWithdrawable = ({ status }: Pick<PaymentAttempt, 'status'>): boolean => status === 'requires_action' || status === 'waiting';

/** The verdict of the fraud step, before any money moves. Score 0 to 100. */
export interface FraudAssessment {
  decision: 'allow' | 'review' | 'require_3ds' | 'block';
  riskLevel: 'normal' | 'elevated' | 'highest';
  riskScore: number;
  rule: string | null;
  reason: string | null;
  /** Who has scored it, and what each feature has added to the log-odds of fraud. */
  explanation?: { by: string; points: Record<string, number> };
  /** 3-D Secure is asked for besides: in a review, or because the law asks for it. */
  requestsThreeDSecure?: true;
  /** Why the cardholder need not authenticate. */
  exemption?: Exemption;
  /** No rule was looked at. The row of this decision is written with the answer. */
  unwritten?: { id: string; round: 'after_authentication' | 'before'; values: Record<string, boolean | number | string | null> };
}

/** From strong authentication: the amount or the risk is low. */
export type Exemption = 'low_risk' | 'low_value';

export type Aftermath =
  | 'debit_returned'
  | 'dispute_alerted'
  | 'dispute_blocked'
  | 'dispute_fraudulent'
  | 'dispute_product_not_received'
  | 'dispute_inquiry'
  | 'dispute_multiple'
  | 'dispute_noncompliant'
  | 'dispute_resolved_rapidly'
  | 'early_fraud_warning';

/** A processor's answer to an attempt. A decline is an answer, not a failure; `unknown` means that the answer was lost. */
export type GatewayAnswer =
  | FinalAnswer
  | {
      outcome: 'processing';
      reference: string;
      /** Sandbox only: what the bank will decide, and when: after days on a test clock, else after seconds. Null: never. */
      settles: { answer: FinalAnswer; afterDays: number; afterSeconds: number } | null;
      /** The payer has to pay with it. Absent: a bank collects by itself. */
      voucher?: Voucher;
    }
  | {
      outcome: 'requires_action';
      reference: string;
      /** `{client_secret}` in it is a placeholder for the intent's secret, which histories do not contain. */
      url: string;
      /** The holder of the bank account tells what it has received. Absent: the cardholder or payer approves. */
      deposits?: VerifyDeposits['microdeposit_type'];
    }
  | {
      outcome: 'blocked';
      error: PaymentError;
      /** Stopped after the bank had approved it: the authorization was released. */
      reversed?: { reference: string; checks: GatewayChecks };
      assessment?: FraudAssessment;
    }
  | (Waits & {
      /** The invoice was collected by itself when the charge was kept back. */
      automatic?: boolean;
      /** Its invoice had counted it as an attempt. While it waits, it is not counted. */
      counted?: boolean;
    })
  | { outcome: 'unknown' };

/** An authorized amount is captured. */
export interface Captured {
  outcome: 'captured';
  /** What the processor takes of it, minor units in the charge's currency. Null: it does not say. */
  fee: number | null;
}

/** Money has moved, or does not. */
export type FinalAnswer =
  | {
      outcome: 'succeeded';
      reference: string;
      captured: boolean;
      /** What is authorized can be captured in several parts. */
      multicapture?: true;
      checks: GatewayChecks;
      networkStatus: 'approved_by_network';
      /** The cardholder has been authenticated. */
      threeDSecure: boolean;
      /** The bank authenticated the cardholder without asking. */
      frictionless?: true;
      /** The bank has accepted the exemption: nobody was authenticated, and liability stays with the seller. */
      exemption?: Exemption;
      /** Sandbox only: the dispute or early fraud warning that this card causes. */
      aftermath: Aftermath | null;
      /** False if the funds are available at once. */
      pendingBalance: boolean;
      /** The verdict once the bank had answered, if a rule looks at its checks. */
      assessment?: FraudAssessment;
      /** The processor's own view of the risk. Absent: it has none. */
      risk?: ProcessorRisk;
      /** What the processor takes of it, minor units in the charge's currency. Absent: it does not say, or nothing is captured yet. */
      fee?: number;
      /** The network's name of the transaction, which later payments without the cardholder may refer to. Absent: it is not told. */
      networkTransactionId?: string;
    }
  | {
      outcome: 'declined';
      reference: string;
      error: PaymentError;
      networkStatus: 'declined_by_network' | 'not_sent_to_network';
      checks: GatewayChecks;
      /** What bank and network say of a next try. Absent: nothing. */
      advice?: Advice;
      risk?: ProcessorRisk;
    };

/** The money is there, and is paid out later. No card has paid, so nothing was checked. */
export const paidWithoutCard = (
  reference: string,
  { captured }: { captured: boolean },
): Extract<FinalAnswer, { outcome: 'succeeded' }> => ({
  ...{ outcome: 'succeeded', reference, captured, checks: NO_CHECKS, networkStatus: 'approved_by_network' },
  ...{ threeDSecure: false, aftermath: null, pendingBalance: true },
});

/** In Stripe's snake_case because `charge.outcome` shows it unchanged. */
export interface Advice {
  advice_code: string | null;
  network_advice_code: string | null;
  network_decline_code: string | null;
}

export interface ProcessorRisk {
  risk_level: string;
  risk_score: number;
}

/** One try of a card, as the rules of card networks count it. */
export interface CardTry {
  /** Epoch seconds. */
  at: number;
  amount: number;
  currency: string;
  declined: boolean;
  code: string | null;
  advice: Advice | null;
}

export interface GatewayChecks {
  address_line1_check: CardCheck | null;
  address_postal_code_check: CardCheck | null;
  cvc_check: CardCheck | null;
}

export const NO_CHECKS: GatewayChecks = { address_line1_check: null, address_postal_code_check: null, cvc_check: null };
