import type { Mandate } from '../domain/rows/mandate';
import { isDebit, type DebitType, type MethodType } from '../domain/rows/payment-method';
import type { Rows } from '../domain/rows/rows';
import type { WireMandate } from './shapes/mandate';

/** Stripe's mandate. Its payment method must be among the rows. Dunlin has no page of a mandate, so its URLs are empty. */
export function toStripeMandate(mandate: Mandate, rows: Rows): WireMandate {
  const { accepted_at, type, online } = mandate.acceptance;
  return {
    id: mandate.id,
    object: 'mandate',
    customer_acceptance: type === 'online' ? { accepted_at, online: online ?? NOBODY, type } : { accepted_at, offline: {}, type },
    livemode: mandate.livemode,
    ...covered(mandate),
    payment_method: mandate.paymentMethod,
    payment_method_details: detailsOf(rows.get('paymentMethod', mandate.paymentMethod).type, mandate),
    status: mandate.status,
    type: mandate.type,
  };
}

const NOBODY = { ip_address: null, user_agent: null };

function covered({ amount, currency }: Mandate): Pick<WireMandate, 'multi_use' | 'single_use'> {
  return amount === null || currency === null ? { multi_use: {} } : { single_use: { amount, currency } };
}

function detailsOf(type: MethodType, mandate: Mandate): WireMandate['payment_method_details'] {
  return isDebit(type) ? { ...DETAILS[type](mandate), type } : { type };
}

const SPORADIC = { interval_description: null, payment_schedule: 'sporadic', transaction_type: 'personal' } as const;

const DETAILS: Record<DebitType, (mandate: Mandate) => Omit<WireMandate['payment_method_details'], 'type'>> = {
  acss_debit: ({ schedule }) => ({ acss_debit: schedule ?? SPORADIC }),
  au_becs_debit: () => ({ au_becs_debit: { url: '' } }),
  bacs_debit: ({ reference, status }) => ({
    bacs_debit: {
      display_name: null,
      network_status: status === 'active' ? 'accepted' : status === 'pending' ? 'pending' : 'revoked',
      reference,
      revocation_reason: null,
      service_user_number: null,
      url: '',
    },
  }),
  sepa_debit: ({ reference }) => ({ sepa_debit: { reference, url: '' } }),
  us_bank_account: () => ({ us_bank_account: {} }),
};
