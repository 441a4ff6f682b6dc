import type { Rows } from '../rows/rows';
import type { Place } from '../rows/tax-calculation';
import { placeOf } from './places';
import { ratesIn } from './rates';
import { sellerAt, sourcingOf, type Seller } from './registrations';

/** The seller's place and registrations, from the rows of one account and mode. Null without a head office: then no tax is calculated. */
export function sellerFrom(rows: Rows): Seller | null {
  const [settings] = rows.all('taxSettings');
  const home = settings?.headOffice ? placeOf(settings.headOffice) : null;
  return home && { home, registrations: rows.all('taxRegistration') };
}

/** Whether the seller collects any tax in a place at an instant (epoch seconds). */
export function collectsIn(seller: Seller | null, place: Place, instant: number): boolean {
  if (seller === null) return false;
  const registered = sellerAt(seller, instant);
  return ratesIn(place.id, instant).some((rate) => sourcingOf(rate, place, registered) !== null);
}
