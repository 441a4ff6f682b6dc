import type { Rows } from '../domain/rows/rows';
import type { TaxRegistration } from '../domain/rows/tax-registration';
import type { WireRegistrationOptions, WireTaxRegistration } from './shapes/tax-registration';
import type { RenderContext } from './wire';

/** A registration of the seller. Its status follows from the time. */
export function toStripeTaxRegistration(registration: TaxRegistration, _rows: Rows, { now }: RenderContext): WireTaxRegistration {
  const { id, activeFrom, country, created, expiresAt, livemode } = registration;
  return {
    id,
    object: 'tax.registration',
    active_from: activeFrom,
    country,
    country_options: { [country.toLowerCase()]: optionsOf(registration) },
    created,
    expires_at: expiresAt,
    livemode,
    status: statusAt(registration, now),
  };
}

function statusAt({ activeFrom, expiresAt }: TaxRegistration, now: number): WireTaxRegistration['status'] {
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return activeFrom <= now ? 'active' : 'scheduled';
}

function optionsOf({ type, scheme, state }: TaxRegistration): WireRegistrationOptions {
  return {
    ...(type === 'province_standard' && state !== null ? { province_standard: { province: state } } : {}),
    ...(scheme === null ? {} : { standard: { place_of_supply_scheme: scheme } }),
    ...(type === 'state_sales_tax' && state !== null ? { state } : {}),
    type,
  };
}
