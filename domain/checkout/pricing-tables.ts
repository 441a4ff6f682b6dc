/** Pricing tables: which products and prices a page shows, and the checkout that a visitor's choice opens. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Branding } from '../rows/branding-settings';
import type { CheckoutSession, CheckoutSettings } from '../rows/checkout-session';
import { priceInArm, type ExperimentArm, type SeenArm } from '../rows/experiment';
import type { Price } from '../rows/price';
import type { PricedProduct, PricingTable, PricingTableSettings } from '../rows/pricing-table';
import type { Metadata } from '../rows/resource';
import type { Rows } from '../rows/rows';
import { priceSession } from './amounts';
import { blankSession, holderOf, TAKES_UPDATES } from './creation';
import { sessionLines } from './lines';
import { settingsOf } from './settings';

type Sent<T> = { [K in keyof T]?: T[K] | undefined };

export interface PricingTableParameters extends Sent<PricingTableSettings> {
  active?: boolean | undefined;
  metadata?: Metadata | null | undefined;
  products?: { product: string; prices: string[]; highlighted?: boolean | undefined }[] | undefined;
}

const USUAL: PricingTableSettings = {
  allow_promotion_codes: false,
  automatic_tax: false,
  experiment: null,
  success_url: null,
  trial_period_days: null,
};

/** @throws BillingError parameter_invalid where a price is not one of its product's, is inactive, or has the interval of another */
export function createPricingTable(changes: ChangeSet, params: PricingTableParameters, origin: string): void {
  const resource = changes.resource('ptbl');
  changes.put('pricingTable', {
    ...resource,
    active: true,
    url: `${origin}/pricing/${resource.id}`,
    products: shown(changes, params.products ?? []),
    settings: changed(USUAL, params),
    metadata: mergeMetadata({}, params.metadata),
  });
}

/** @throws BillingError as `createPricingTable` does */
export function updatePricingTable(changes: ChangeSet, id: string, params: PricingTableParameters): void {
  const table = changes.rows.get('pricingTable', id);
  changes.patch('pricingTable', id, {
    active: params.active ?? table.active,
    products: params.products ? shown(changes, params.products) : table.products,
    settings: changed(table.settings, params),
    metadata: mergeMetadata(table.metadata, params.metadata),
  });
}

function changed(before: PricingTableSettings, params: PricingTableParameters): PricingTableSettings {
  const { experiment, success_url: success, trial_period_days: trial } = params;
  return {
    allow_promotion_codes: params.allow_promotion_codes ?? before.allow_promotion_codes,
    automatic_tax: params.automatic_tax ?? before.automatic_tax,
    experiment: experiment === undefined ? before.experiment : experiment,
    success_url: success === undefined ? before.success_url : success,
    trial_period_days: trial === undefined ? before.trial_period_days : trial,
  };
}

function shown(changes: ChangeSet, products: NonNullable<PricingTableParameters['products']>): PricedProduct[] {
  return products.map(({ product, prices, highlighted = false }, index) => {
    const seen = new Set<string>();
    prices.forEach((id, place) => {
      const price = changes.rows.get('price', id);
      const refuse = (message: string) =>
        new BillingError('parameter_invalid', message, { param: `products[${String(index)}][prices][${String(place)}]` });
      if (price.product !== product) throw refuse(`The price '${id}' is not a price of '${product}'.`);
      if (!price.active) throw refuse('The price specified is inactive. This field only accepts active prices.');
      if (seen.has(intervalOf(price))) throw refuse('The product has another price with the same interval.');
      seen.add(intervalOf(price));
    });
    return { product, prices, highlighted };
  });
}

/** `1 month`; prices with the same are shown together. */
export function intervalOf({ recurring }: Pick<Price, 'recurring'>): string {
  return recurring === null ? 'once' : `${recurring.interval_count} ${recurring.interval}`;
}

export interface Choice {
  price: string;
  currency: string;
  locale: string;
  /** Whom the seller's site has named by a customer session. */
  customer: string | null;
}

/**
 * Opens a session for the chosen price.
 *
 * @throws BillingError parameter_invalid for a price that the table does not show, and as a session with that price does
 */
export function chooseFromTable(
  changes: ChangeSet,
  id: string,
  { choice, origin, branding, seen }: { choice: Choice; origin: string; branding: Branding; seen: SeenArm | null },
): CheckoutSession {
  const table = changes.rows.get('pricingTable', id);
  const { active } = table;
  const { products, settings } = seen === null ? table : tableInArm(changes.rows, table, seen.arm);
  if (!active || !products.some(({ prices }) => prices.includes(choice.price))) {
    throw new BillingError('parameter_invalid', 'The pricing table does not show this price.', { param: 'price' });
  }
  const price = changes.rows.get('price', choice.price);
  const mode = price.type === 'recurring' ? 'subscription' : 'payment';
  const terms = termsOf(settings, { mode, branding, locale: choice.locale, isKnown: choice.customer !== null });
  const blank = blankSession(changes, { mode, currency: choice.currency, settings: terms, metadata: { pricing_table: id }, origin });
  const quantity = price.recurring?.usage_type === 'metered' ? {} : { quantity: 1 };
  const lineItems = sessionLines(changes, blank, [{ price: price.id, ...quantity }]);
  const holder = changes.rows.find('customer', choice.customer);
  const session = { ...blank, ...holderOf(holder, {}), lineItems, experimentAssignment: seen?.assignment ?? null };
  changes.put('checkoutSession', { ...session, ...priceSession(changes, session) });
  changes.wake('checkout', session.id, session);
  return changes.rows.get('checkoutSession', session.id);
}

/** What the table says of the checkout of each choice. */
function termsOf(
  { allow_promotion_codes, automatic_tax, success_url, trial_period_days: days }: PricingTableSettings,
  { isKnown, ...of }: { mode: 'payment' | 'subscription'; branding: Branding; locale: string; isKnown: boolean },
): CheckoutSettings {
  return settingsOf({
    ...of,
    ...(isKnown ? { customer_update: TAKES_UPDATES } : {}),
    allow_promotion_codes,
    automatic_tax: { enabled: automatic_tax },
    ...(success_url === null ? {} : { success_url }),
    ...(of.mode === 'subscription' && days !== null ? { subscription_data: { trial_period_days: days } } : {}),
  });
}

/** What a pricing table shows in an arm: another table's products and terms, or its own, with the arm's prices. */
export function tableInArm(rows: Rows, table: PricingTable, arm: ExperimentArm): Pick<PricingTable, 'products' | 'settings'> {
  const { products, settings } = rows.find('pricingTable', arm.pricing_table) ?? table;
  return {
    products: products.map((each) => ({ ...each, prices: [...new Set(each.prices.map((price) => priceInArm(arm, price)))] })),
    settings: { ...settings, experiment: table.settings.experiment },
  };
}
