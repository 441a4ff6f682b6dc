/** The seller's settings for automatic tax. What is set can be replaced, and never removed. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { TaxSettings } from '../rows/tax-settings';
import { placeOf } from './places';
import { findTaxCode } from './product-tax-codes';

export type TaxSettingsChange = Partial<Pick<TaxSettings, 'headOffice' | 'taxBehavior' | 'taxCode'>>;

/**
 * Sets what is given and keeps the rest.
 *
 * @throws BillingError customer_tax_location_invalid if the head office has no place, resource_missing for an unknown tax code
 */
export function changeTaxSettings(changes: ChangeSet, change: TaxSettingsChange): void {
  const { headOffice, taxCode } = change;
  if (headOffice && placeOf(headOffice) === null) {
    throw new BillingError('customer_tax_location_invalid', NO_PLACE, { param: 'head_office[address]' });
  }
  if (taxCode && !findTaxCode(taxCode)) {
    throw new BillingError('resource_missing', `No such tax code: '${taxCode}'`, { param: 'defaults[tax_code]' });
  }
  const [before] = changes.rows.all('taxSettings');
  if (before) {
    changes.patch('taxSettings', before.id, change);
    changes.emitUpdated('tax.settings.updated', 'taxSettings', before.id);
    return;
  }
  const { id } = changes.put('taxSettings', {
    ...changes.resource('taxset'),
    headOffice: null,
    taxBehavior: null,
    taxCode: null,
    ...change,
  });
  changes.emit('tax.settings.updated', 'taxSettings', id);
}

const NO_PLACE =
  'The address does not show a place: it needs a country, in the United States a ZIP code, in Canada a province or postal code.';
