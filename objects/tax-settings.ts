import type { TaxSettings } from '../domain/rows/tax-settings';
import type { WireTaxSettings } from './shapes/tax-settings';

/** The seller's settings for automatic tax. They are pending until there is a head office. */
export function toStripeTaxSettings(settings: Pick<TaxSettings, 'headOffice' | 'taxBehavior' | 'taxCode' | 'livemode'>): WireTaxSettings {
  const { headOffice, taxBehavior, taxCode, livemode } = settings;
  return {
    object: 'tax.settings',
    defaults: { provider: 'stripe', tax_behavior: taxBehavior, tax_code: taxCode },
    head_office: headOffice === null ? null : { address: headOffice },
    livemode,
    status: headOffice === null ? 'pending' : 'active',
    status_details: headOffice === null ? { pending: { missing_fields: ['head_office'] } } : { active: {} },
  };
}
