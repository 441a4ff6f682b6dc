/** Which taxes a sale has, and if none, why. */
import type { Customer } from '../rows/customer';
import type { AutomaticTaxTerms, Place } from '../rows/tax-calculation';
import { businessReason } from './business-customers';
import type { DatedRate, RateReason } from './dated-rate';
import { treatmentOf } from './product-tax-codes';
import { isOn, ratesIn } from './rates';
import { isRegisteredInUnion, sellerAt, sourcingOf, type Seller, type Sourcing } from './registrations';

/** Stripe's `taxability_reason`. */
export type TaxabilityReason = RateReason | 'customer_exempt' | 'not_collecting' | 'not_supported' | 'reverse_charge';

export type Buyer = AutomaticTaxTerms['buyer'];

/** A tax on a sale, or the reason why there is none. */
export interface Due {
  /** The place whose tax it is. */
  place: Place;
  /** The row that applies; null if no row does. */
  rate: DatedRate | null;
  reason: TaxabilityReason;
  sourcing: 'destination' | 'origin';
}

/** A tax, and whose it is, before the customer is looked at. */
interface Covered {
  rate: DatedRate;
  sourcing: Sourcing;
}

/**
 * The taxes on a sale at an instant (epoch seconds), in the order of the table. There is always at least one entry: an untaxed sale has one that
 * says why. Without a registration that is `not_collecting`, and no error.
 */
export function taxesDue(taxCode: string, seller: Seller, buyer: Buyer, instant: number): Due[] {
  const treatment = treatmentOf(taxCode);
  if (treatment === 'untaxed') return [none(buyer.place, 'not_collecting')];
  const rates = ratesIn(buyer.place.id, instant);
  if (rates.length === 0 || treatment === 'unsupported') return [none(buyer.place, 'not_supported')];
  if (rates.every(({ reason }) => reason === 'not_subject_to_tax')) return [none(buyer.place, 'not_subject_to_tax')];
  const registered = sellerAt(seller, instant);
  const covered = rates.map((rate): Covered => ({ rate, sourcing: sourcingOf(rate, buyer.place, registered) }));
  const collected = covered.filter(({ sourcing }) => sourcing !== null);
  if (collected.length === 0) return [notCollected(rates, registered, buyer)];
  return kindsOf(collected).flatMap((sameKind) => {
    const supplied = sameKind.filter(({ rate }) => isOn(rate, treatment));
    return supplied.length === 0 ? [none(buyer.place, 'not_supported')] : supplied.map((each) => dueOn(each, registered, buyer, instant));
  });
}

/** Grouped by kind of tax. A kind that the table has only on other supplies is not supported: whether it is on this one is unknown. */
function kindsOf(covered: Covered[]): Covered[][] {
  const kinds = [...new Set(covered.map(({ rate }) => rate.kind))];
  return kinds.map((kind) => covered.filter(({ rate }) => rate.kind === kind));
}

/** A business in the Union accounts for the tax itself, also where the seller is registered in another member state only. */
function notCollected(rates: DatedRate[], seller: Seller, buyer: Buyer): Due {
  const [rate] = rates;
  const isReversed = buyer.place.member !== null && isRegisteredInUnion(seller) && rate !== undefined;
  const reason = isReversed ? businessReason(rate, buyer.place, seller.home, buyer.taxIds) : null;
  return none(buyer.place, reason ?? 'not_collecting');
}

function dueOn({ rate, sourcing }: Covered, seller: Seller, buyer: Buyer, instant: number): Due {
  const reason = reasonOfCustomer(buyer.taxExempt) ?? businessReason(rate, buyer.place, seller.home, buyer.taxIds);
  if (reason !== null) return { place: buyer.place, rate, reason, sourcing: 'destination' };
  if (sourcing !== 'origin') return { place: buyer.place, rate, reason: rate.reason, sourcing: 'destination' };
  const [own = rate] = ratesIn(seller.home.id, instant);
  return { place: seller.home, rate: own, reason: own.reason, sourcing: 'origin' };
}

function reasonOfCustomer(taxExempt: Customer['taxExempt']): TaxabilityReason | null {
  if (taxExempt === 'none') return null;
  return taxExempt === 'exempt' ? 'customer_exempt' : 'reverse_charge';
}

function none(place: Place, reason: TaxabilityReason): Due {
  return { place, rate: null, reason, sourcing: 'destination' };
}
