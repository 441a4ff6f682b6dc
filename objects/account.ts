import { settingsOf, type Account } from '../domain/rows/account';
import type { WireAccount, WireAccountSettings } from './shapes/account';

/** The seller's account as Stripe shows it to the account itself, without the fields of Connect. */
export function toStripeAccount(account: Account): WireAccount {
  return {
    id: account.id,
    object: 'account',
    charges_enabled: true,
    country: account.country,
    created: account.created,
    default_currency: account.defaultCurrency,
    details_submitted: true,
    email: null,
    payouts_enabled: true,
    type: 'standard',
  };
}

/**
 * The settings of one mode for dunning, disputes, invoice numbers and fraud. Dunlin's own resource: Stripe has them only in its Dashboard.
 */
export function toAccountSettings(account: Account, livemode: boolean): WireAccountSettings {
  return { object: 'account_settings', account: account.id, name: account.name, livemode, ...settingsOf(account, { livemode }) };
}
