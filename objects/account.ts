import { settingsOf, type Account } from '../domain/rows/account';
import type { WireAccount, WireAccountSettings } from './shapes/account';

/** The seller as Stripe shows an account to itself, without what belongs to Connect. */
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

/** Dunlin's own resource, which Stripe has in its Dashboard: the settings of one mode that decide dunning, disputes, invoice numbers and fraud. */
export function toAccountSettings(account: Account, livemode: boolean): WireAccountSettings {
  return { object: 'account_settings', account: account.id, name: account.name, livemode, ...settingsOf(account, { livemode }) };
}
