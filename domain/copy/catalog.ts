/**
 * What a copy needs of what the seller sells, in the mode or account of the copy: products, prices, meters, coupons, tax rates, registrations.
 * What is there already is used. Each is copied once: the id of its copy follows from its own.
 */
import type { ChangeSet } from '../core/change-set';
import type { Coupon } from '../rows/discount';
import type { Meter } from '../rows/meter';
import type { Price } from '../rows/price';
import type { Product } from '../rows/product';
import type { Resource } from '../rows/resource';
import type { Rows } from '../rows/rows';
import type { CopyTarget } from './source';
import { follow } from './references';

type CatalogId = NonNullable<CopyTarget['catalogId']>;

/** @returns by the ids at the source, those in the target that differ */
export function copyCatalog(changes: ChangeSet, rows: Rows, catalogId: CatalogId): Map<string, string> {
  const ids = new Map<string, string>();
  for (const meter of rows.all('meter')) ids.set(meter.id, copyMeter(changes, meter, catalogId));
  for (const rate of rows.all('taxRate')) ids.set(rate.id, put(changes, 'taxRate', rate, catalogId('txr', rate.id)));
  for (const product of rows.all('product')) put(changes, 'product', { ...product, defaultPrice: null } as Product, product.id);
  for (const price of rows.all('price')) {
    const id = copyPrice(changes, follow(price, ids), catalogId);
    if (id !== price.id) ids.set(price.id, id);
  }
  for (const coupon of rows.all('coupon')) ids.set(coupon.key, copyCoupon(changes, coupon, catalogId));
  copyTaxTerms(changes, rows, catalogId);
  return ids;
}

type CatalogKind = 'meter' | 'price' | 'product' | 'taxRate' | 'taxRegistration' | 'taxSettings';

/** Puts the row into the target under this id, unless it is there. */
function put(changes: ChangeSet, kind: CatalogKind, row: Resource, id: string): string {
  const { account, livemode } = changes.context;
  if (!changes.rows.find(kind, id)) changes.put(kind, { ...row, account, id, livemode } as never);
  return id;
}

/** A price with the same id but other terms is another price. */
function copyPrice(changes: ChangeSet, price: Price, catalogId: CatalogId): string {
  const there = changes.rows.find('price', price.id);
  if (there && termsOf(there) === termsOf(price)) return price.id;
  return put(changes, 'price', { ...price, lookupKey: null } as Price, there ? catalogId('price', price.id) : price.id);
}

const termsOf = (price: Price): string => {
  const { billingScheme, currency, currencyOptions, customUnitAmount, product, recurring, taxBehavior, tiers, tiersMode } = price;
  const { transformQuantity, unitAmountDecimal } = price;
  return JSON.stringify([
    ...[billingScheme, currency, currencyOptions, customUnitAmount, product, recurring, taxBehavior, tiers, tiersMode],
    ...[transformQuantity, unitAmountDecimal],
  ]);
};

/** Events of one name count on one active meter. If it counts otherwise than the source's, the copy is inactive: it keeps what it was given. */
function copyMeter(changes: ChangeSet, meter: Meter, catalogId: CatalogId): string {
  const named = changes.rows.first('meter', ({ eventName, status }) => eventName === meter.eventName && status === 'active');
  if (named && countsAs(named) === countsAs(meter)) return named.id;
  return put(changes, 'meter', named ? ({ ...meter, status: 'inactive' } as Meter) : meter, catalogId('mtr', meter.id));
}

const countsAs = ({ dimensionKeys, eventTimeWindow, formula }: Meter): string => JSON.stringify([dimensionKeys, eventTimeWindow, formula]);

/** A living coupon of this name is used if it takes off the same. Otherwise the copy is one that nobody else can redeem. */
function copyCoupon(changes: ChangeSet, coupon: Coupon, catalogId: CatalogId): string {
  const living = changes.rows.first('coupon', ({ deleted, id }) => !deleted && id === coupon.id);
  if (living && takesOff(living) === takesOff(coupon)) return living.key;
  const { account, livemode } = changes.context;
  const key = catalogId('coupon', coupon.key);
  if (!changes.rows.find('coupon', key)) {
    const isHidden = living !== undefined || coupon.deleted;
    changes.put('coupon', { ...coupon, account, key, livemode, deleted: isHidden, timesRedeemed: 0 });
  }
  return key;
}

const takesOff = ({ amountOff, appliesTo, currency, currencyOptions, duration, durationInMonths, percentOff }: Coupon): string =>
  JSON.stringify([amountOff, appliesTo, currency, currencyOptions, duration, durationInMonths, percentOff]);

/** Without a registration there is no automatic tax, and without a head office none is calculated. */
function copyTaxTerms(changes: ChangeSet, rows: Rows, catalogId: CatalogId): void {
  for (const registration of rows.all('taxRegistration')) {
    const { country, state, type } = registration;
    const there = changes.rows.first('taxRegistration', (each) => each.country === country && each.state === state && each.type === type);
    if (!there) put(changes, 'taxRegistration', registration, catalogId('taxreg', registration.id));
  }
  const [settings] = rows.all('taxSettings');
  if (settings && changes.rows.all('taxSettings').length === 0) put(changes, 'taxSettings', settings, catalogId('taxset', settings.id));
}
