import type Stripe from 'stripe';
import { settingsOf, type Account, type AccountSettings } from '../domain/rows/account';
import type { Wire } from './wire';

type Shown =
  | 'id'
  | 'object'
  | 'charges_enabled'
  | 'country'
  | 'created'
  | 'default_currency'
  | 'details_submitted'
  | 'email'
  | 'payouts_enabled'
  | 'type';

/** The seller's account as Stripe shows it to the account itself, without the fields of Connect. */
export function toStripeAccount(account: Account): Wire<Pick<Stripe.Account, Shown>> {
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

/** Dunlin's own resource for settings that Stripe has only in its Dashboard. */
export interface WireAccountSettings extends AccountSettings {
  object: 'account_settings';
  account: string;
  name: string;
  livemode: boolean;
}

/** The settings of one mode for dunning, disputes, invoice numbers and fraud. */
export function toAccountSettings(account: Account, livemode: boolean): WireAccountSettings {
  return { object: 'account_settings', account: account.id, name: account.name, livemode, ...settingsOf(account, { livemode }) };
}
