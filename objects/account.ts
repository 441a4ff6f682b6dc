import { settingsOf, type Account } from '../domain/rows/account';
import type { WireAccount, WireAccountSettings, WireStripeSettings } from './shapes/account';

/** The seller's account as Stripe shows it to the account itself, without the fields of Connect. */
export function toStripeAccount(account: Account): WireAccount {
  return {
    id: account.id,
    object: 'account',
    business_profile: { ...NO_PROFILE, name: account.name },
    business_type: null,
    capabilities: { card_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    country: account.country,
    created: account.created,
    default_currency: account.defaultCurrency,
    details_submitted: true,
    email: null,
    metadata: {},
    payouts_enabled: true,
    settings: stripeSettings(account),
    type: 'standard',
  };
}

const NO_PROFILE = {
  annual_revenue: null,
  estimated_worker_count: null,
  mcc: null,
  minority_owned_business_designation: null,
  product_description: null,
  specified_commercial_transactions_act_url: null,
  support_address: null,
  support_email: null,
  support_phone: null,
  support_url: null,
  url: null,
} as const;

const NO_DESCRIPTOR = { statement_descriptor_prefix_kana: null, statement_descriptor_prefix_kanji: null } as const;

/** The settings of Stripe's Dashboard, which clients read. Dunlin's own settings are at `/v1/account_settings`. */
function stripeSettings({ name }: Account): WireStripeSettings {
  return {
    bacs_debit_payments: { display_name: null, service_user_number: null },
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_issuing: { tos_acceptance: { date: null, ip: null } },
    card_payments: { decline_on: { avs_failure: false, cvc_failure: false }, statement_descriptor_prefix: null, ...NO_DESCRIPTOR },
    dashboard: { display_name: name, timezone: 'Etc/UTC' },
    invoices: { default_account_tax_ids: null, hosted_payment_method_save: 'offer' },
    payments: { statement_descriptor: null, statement_descriptor_kana: null, statement_descriptor_kanji: null, ...NO_DESCRIPTOR },
    payouts: {
      debit_negative_balances: true,
      // Funds of a charge become available two days later.
      schedule: { delay_days: 2, interval: 'daily' },
      statement_descriptor: null,
    },
    sepa_debit_payments: {},
  };
}

/**
 * The settings of one mode for dunning, disputes, invoice numbers and fraud. Dunlin's own resource: Stripe has them only in its Dashboard.
 */
export function toAccountSettings(account: Account, livemode: boolean): WireAccountSettings {
  return { object: 'account_settings', account: account.id, name: account.name, livemode, ...settingsOf(account, { livemode }) };
}
