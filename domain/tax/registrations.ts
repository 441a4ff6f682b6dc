/** What a seller's registrations oblige the seller to collect. */
import type { AutomaticTaxTerms, Place, RegistrationInForce } from '../rows/tax-calculation';
import type { DatedRate } from './dated-rate';
import { areaOf, MEMBER_STATES } from './places';

/** A seller, as far as tax law sees it: where the seller is established, and its registrations. */
export type Seller = AutomaticTaxTerms['seller'];

/** Whose rates a sale has: those of the customer's place, those of the seller's, or none, because the seller is not registered. */
export type Sourcing = 'destination' | 'origin' | null;

/**
 * Whether a registration is in force at an instant (epoch seconds). One that was in force when it was created counts for all earlier times too,
 * so that it also holds for objects on a test clock that stands in the past.
 */
function isInForce({ activeFrom, expiresAt, created }: RegistrationInForce, instant: number): boolean {
  const hasBegun = activeFrom <= Math.max(instant, created);
  return hasBegun && (expiresAt === null || instant < expiresAt);
}

/** Only the registrations in force at an instant. */
export function sellerAt(seller: Seller, instant: number): Seller {
  return { ...seller, registrations: seller.registrations.filter((registration) => isInForce(registration, instant)) };
}

/**
 * Whose tax the seller collects on a sale to a private customer at `place`. All registrations of `seller` are in force (`sellerAt`).
 *
 * In the Union: a member's own registration covers sales there; the One Stop Shop covers all other members (for a seller from outside, all of
 * them); and below 10,000 EUR a year a small seller collects the tax of its own member state (directive 2006/112/EC, art. 58, 59c, 359, 369b).
 */
export function sourcingOf(rate: DatedRate, place: Place, seller: Seller): Sourcing {
  if (place.country === 'CA') return coversInCanada(rate, place, seller) ? 'destination' : null;
  if (place.country === 'US') return has(seller, 'US', ({ type, state }) => type === 'state_sales_tax' && state === place.state);
  if (place.id === 'ES-CN') return has(seller, 'ES', ({ type }) => type === 'igic');
  if (place.member !== null) return sourcingInUnion(place, place.member, seller);
  return has(seller, areaOf(place), () => true);
}

/** Whether the seller is registered for value added tax in any member state, under any scheme. */
export function isRegisteredInUnion(seller: Seller): boolean {
  return seller.registrations.some(({ country, type }) => MEMBER_STATES.includes(country) && type !== 'igic');
}

function sourcingInUnion(place: Place, member: string, seller: Seller): Sourcing {
  const covered = has(seller, member, ({ type, scheme }) => type === 'standard' && scheme !== 'inbound_goods');
  const isDomestic = seller.home.member === member;
  if (covered !== null && (isDomestic || !isSmallIn(seller, member))) return covered;
  if (!place.isInUnion) return null;
  return sourcingOfCrossBorderSale(seller, isDomestic);
}

function sourcingOfCrossBorderSale(seller: Seller, isDomestic: boolean): Sourcing {
  const scheme = seller.home.isInUnion ? 'oss_union' : 'oss_non_union';
  const usesOneStopShop = seller.registrations.some(({ country, type }) => MEMBER_STATES.includes(country) && type === scheme);
  if (usesOneStopShop && !isDomestic) return 'destination';
  const { member } = seller.home;
  return !isDomestic && member !== null && isSmallIn(seller, member) ? 'origin' : null;
}

/** A small seller registers in its own state, and only there. */
function isSmallIn(seller: Seller, country: string): boolean {
  return has(seller, country, ({ type, scheme }) => type === 'standard' && scheme === 'small_seller') !== null;
}

/** Federal registrations cover GST and HST; each province's own tax has its own registration. */
function coversInCanada({ kind }: DatedRate, { state }: Place, seller: Seller): boolean {
  const isFederal = kind === 'gst' || kind === 'hst';
  const covers = ({ type, state: province }: RegistrationInForce): boolean =>
    isFederal ? type === 'standard' || type === 'simplified' : type === 'province_standard' && province === state;
  return has(seller, 'CA', covers) !== null;
}

function has(seller: Seller, country: string, covers: (registration: RegistrationInForce) => boolean): Sourcing {
  return seller.registrations.some((registration) => registration.country === country && covers(registration)) ? 'destination' : null;
}
