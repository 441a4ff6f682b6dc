import { calculateTaxes, type EngineLine, type TaxedEngineLine } from '../../../domain/tax/engine';
import { placeOf } from '../../../domain/tax/places';
import type { Place, RegistrationInForce } from '../../../domain/rows/tax-calculation';
import type { Seller } from '../../../domain/tax/registrations';
import type { Buyer } from '../../../domain/tax/taxability';
import { at } from '../builders';

export const NOW = at('2026-11-28');
const SAAS = 'txcd_10103001';
export const SAAS_PERSONAL = 'txcd_10103000';
export const ELECTRONIC = 'txcd_10000000';

/** `DE`, or `US 10001`: a country and a postal code. */
function place(text: string): Place {
  const [country = '', ...code] = text.split(' ');
  const found = placeOf({ country, postal_code: code.join(' ') });
  if (!found) throw new Error(`${text} is no place`);
  return found;
}

/** `DE standard`, `DE standard small_seller`, `US state_sales_tax - NY`. */
export function registration(text: string, change: Partial<RegistrationInForce> = {}): RegistrationInForce {
  const [country = '', type = 'standard', scheme = '-', state = null] = text.split(' ');
  return {
    country,
    type: type as RegistrationInForce['type'],
    scheme: scheme === '-' ? null : (scheme as RegistrationInForce['scheme']),
    ...{ state, activeFrom: 0, created: 0, expiresAt: null },
    ...change,
  };
}

export function seller(home: string, ...registrations: string[]): Seller {
  return { home: place(home), registrations: registrations.map((text) => registration(text)) };
}

export function buyer(where: string, change: Partial<Buyer> = {}): Buyer {
  return { place: place(where), taxExempt: 'none', taxIds: [], ...change };
}

export function line(amount: number, change: Partial<EngineLine> = {}): EngineLine {
  return { key: `line_${String(amount)}`, amount, taxCode: SAAS, behavior: 'exclusive', ...change };
}

export function taxed(from: Seller, to: Buyer, lines: EngineLine[], instant = NOW): TaxedEngineLine[] {
  return calculateTaxes({ seller: from, buyer: to, lines, instant });
}

/** The taxes on 100.00, as text: `standard_rated 19 1900`; the rate is that of the row, the amount in minor units. */
export function on10000(from: Seller, to: Buyer, change: Partial<EngineLine> = {}, instant = NOW): string[] {
  const [result] = taxed(from, to, [line(10_000, change)], instant);
  return (result?.taxes ?? []).map(({ rate, reason, amount }) => `${reason} ${rate?.rate ?? '-'} ${String(amount)}`);
}
