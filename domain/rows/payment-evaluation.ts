import type { FraudAssessment } from './payment-attempt';
import type { CardCheck } from './payment-method';
import type { Address, Metadata, Resource } from './resource';

export const REPORTED_TYPES = ['failed', 'merchant_blocked', 'rejected', 'succeeded'] as const;
export const BLOCKED_BECAUSE = ['authentication_required', 'blocked_for_fraud', 'invalid_payment', 'other'] as const;
export const REJECTED_BECAUSE = [
  ...['authentication_failed', 'do_not_honor', 'expired', 'incorrect_cvc', 'incorrect_number', 'incorrect_postal_code'],
  ...['insufficient_funds', 'invalid_account', 'lost_card', 'other', 'processing_error', 'reported_stolen', 'try_again_later'],
] as const;

interface ReportedChecks {
  address_line1_check: CardCheck;
  address_postal_code_check: CardCheck;
  cvc_check: CardCheck;
}

/** What the caller reports, in Stripe's snake_case because the API returns it unchanged. */
export interface ReportedOutcome {
  type: (typeof REPORTED_TYPES)[number];
  payment_intent_id?: string | undefined;
  merchant_blocked?: { reason: (typeof BLOCKED_BECAUSE)[number] } | undefined;
  rejected?: { card?: (ReportedChecks & { reason: string }) | undefined } | undefined;
  succeeded?: { card?: ReportedChecks | undefined } | undefined;
}

interface Person {
  email: string | null;
  name: string | null;
  phone: string | null;
}

/** As the caller has described the payment, in Stripe's snake_case. Empty once its customer's data is erased. */
export interface EvaluatedPayment {
  client_device_metadata_details?: { radar_session: string };
  customer_details?: Person & { customer: string | null; customer_account: null };
  payment_details?: {
    amount: number;
    currency: string;
    description: string | null;
    money_movement_details: {
      card: { customer_presence: 'off_session' | 'on_session' | null; payment_type: string | null } | null;
      money_movement_type: 'card';
    } | null;
    payment_method_details: { billing_details: (Person & { address: Address }) | null; payment_method: string };
    shipping_details: { address: Address; name: string | null; phone: string | null } | null;
    statement_descriptor: string | null;
  };
}

/** A payment that another processor makes: its risk before, and what came of it. */
export interface PaymentEvaluation extends Resource {
  customer: string | null;
  paymentMethod: string;
  details: EvaluatedPayment;
  recommendedAction: 'block' | 'continue' | 'request_three_d_secure';
  risk: Pick<FraudAssessment, 'explanation' | 'riskLevel' | 'riskScore'>;
  outcome: ReportedOutcome | null;
  metadata: Metadata;
}
