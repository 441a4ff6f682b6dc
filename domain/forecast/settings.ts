import { DEFAULT_MAIL_SETTINGS } from '../rows/mail';
import type { AccountSettings } from '../rows/account';
import type { ForecastChanges } from '../rows/forecast';

/**
 * The settings by which copies live: the seller's own, with the changes that the forecast is about. Nobody is asked outside of Dunlin: tax is
 * computed by the built-in engine, and charges go to the sandbox.
 */
export function settingsOfCopies(settings: AccountSettings, changes: ForecastChanges['settings'] | null): AccountSettings {
  return {
    ...settings,
    dunning: { ...settings.dunning, ...changes?.dunning },
    invoices: { ...settings.invoices, default_account_tax_ids: null, numbering: 'customer', ...changes?.invoices },
    mail: DEFAULT_MAIL_SETTINGS,
    routing: { version: 0, rules: [] },
    tax: { ...settings.tax, provider: 'dunlin' },
  };
}
