/** The cards of the fake, named after Stripe's test tokens, and what their banks say. */
export interface FakeCard {
  last4: string;
  brand?: string;
  /** The bank declines each charge with this. */
  decline?: Decline;
  /** The bank declines to verify it. */
  attachFails?: Decline;
  /** `off_session`: the bank wants the cardholder for each charge; `once`: unless it was set up. */
  authentication?: 'always' | 'once';
  riskScore?: number;
  /** The bank accepts an exemption that Stripe has asked for; `none` is Stripe's word for one that is not for a low risk. */
  exempted?: 'low_risk' | 'none';
  /** A refund of it takes its time. */
  refund?: 'pending';
}

export interface Decline {
  code: string;
  decline_code: string;
  advice_code?: string;
  network_advice_code?: string;
  network_decline_code?: string;
}

export const CARDS: Record<string, FakeCard> = {
  visa: { last4: '4242' },
  elevated: { last4: '9235', riskScore: 71 },
  insufficientFunds: {
    last4: '0341',
    decline: {
      ...{ code: 'card_declined', decline_code: 'insufficient_funds', advice_code: 'try_again_later' },
      ...{ network_advice_code: '02', network_decline_code: '51' },
    },
  },
  stolen: { last4: '9979', decline: { code: 'card_declined', decline_code: 'stolen_card', advice_code: 'do_not_try_again' } },
  attachFails: { last4: '0002', attachFails: { code: 'card_declined', decline_code: 'generic_decline' } },
  authenticates: { last4: '3184', authentication: 'always' },
  authenticatesOnce: { last4: '3155', authentication: 'once' },
  exempted: { last4: '0027', exempted: 'low_risk' },
  exemptedLowValue: { last4: '0028', exempted: 'none' },
  pendingRefund: { last4: '7726', refund: 'pending' },
};

export const AUTHENTICATION: Decline = { code: 'authentication_required', decline_code: 'authentication_required' };
