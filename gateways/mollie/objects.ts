/** The parts of Mollie's objects that Dunlin reads. */
export interface Amount {
  /** In upper case. */
  currency: string;
  /** With as many decimals as the currency has. */
  value: string;
}

export interface Payment {
  id: string;
  mode: 'live' | 'test';
  status: 'open' | 'pending' | 'authorized' | 'paid' | 'canceled' | 'expired' | 'failed';
  amount: Amount;
  method: string | null;
  metadata: unknown;
  details?: {
    /** Of a card. */
    failureReason?: string;
    failureMessage?: string;
    /** Of a SEPA debit: a reason code of ISO 20022. */
    bankReasonCode?: string;
    bankReason?: string;
  } | null;
  _embedded?: { refunds?: Refund[]; chargebacks?: Chargeback[] };
}

export interface Refund {
  id: string;
  status: 'queued' | 'pending' | 'processing' | 'refunded' | 'failed' | 'canceled';
  metadata: unknown;
}

export interface Chargeback {
  id: string;
  amount: Amount;
  reason?: { code: string; description: string } | null;
  /** When the bank gave the money back. */
  reversedAt?: string | null;
}

export interface Mandate {
  id: string;
  status: 'valid' | 'pending' | 'invalid';
  method: string;
  details: {
    cardHolder?: string | null;
    cardNumber?: string | null;
    cardLabel?: string | null;
    cardFingerprint?: string | null;
    /** `2031-12-31` */
    cardExpiryDate?: string | null;
    consumerName?: string | null;
    /** The IBAN. */
    consumerAccount?: string | null;
  };
}
