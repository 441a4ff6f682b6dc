/** What a test card does when it is used. */
import type { Advice, Aftermath } from '../../domain/rows/payment-attempt';
import type { CardCheck } from '../../domain/rows/payment-method';

export type Decline = keyof typeof DECLINES;

/** The card's behavior. All absent: it succeeds. */
export interface CardBehavior {
  /** Declined at every use, also when it is attached or set up. */
  always?: Decline;
  /** Attaches, but no charge succeeds. */
  charge?: Decline;
  /** What the network says with the decline of a charge. */
  advice?: Advice;
  /** When the cardholder must authenticate. */
  authentication?: 'unless_set_up' | 'always' | 'on_session' | 'if_requested';
  /** The bank authenticates every use of the card without asking the cardholder. */
  frictionless?: true;
  /** The result of 3-D Secure, or of the charge after it. */
  afterAuthentication?: Decline;
  /** 3-D Secure cannot be started. */
  authenticationError?: Decline;
  threeDSecure?: 'unsupported';
  aftermath?: Aftermath;
  risk?: 'elevated' | 'highest';
  checks?: { address_line1_check?: CardCheck; address_postal_code_check?: CardCheck; cvc_check?: CardCheck };
  refund?: 'pending' | 'fails_later';
  /** Its funds are available at once. */
  availableAtOnce?: true;
}

export const DECLINES = {
  generic_decline: { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' },
  insufficient_funds: { code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  lost_card: { code: 'card_declined', decline_code: 'lost_card', message: 'Your card was declined.' },
  stolen_card: { code: 'card_declined', decline_code: 'stolen_card', message: 'Your card was declined.' },
  card_velocity_exceeded: {
    code: 'card_declined',
    decline_code: 'card_velocity_exceeded',
    message: 'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  },
  expired_card: { code: 'expired_card', decline_code: null, message: 'Your card has expired.' },
  incorrect_cvc: { code: 'incorrect_cvc', decline_code: null, message: "Your card's security code is incorrect." },
  processing_error: {
    code: 'processing_error',
    decline_code: null,
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
} as const;
