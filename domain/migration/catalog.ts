/** Products, prices, meters and tax rates of another billing system. Their ids stay, so that what the seller's app has stored remains true. */
import { omitUndefined } from '../core/omit-undefined';
import { createTaxRate } from '../customer/tax-rate-changes';
import { createMeter, deactivateMeter } from '../meter/changes';
import { createPrice, updatePrice, type NewPrice } from '../price/changes';
import { createProduct, updateProduct } from '../price/product-changes';
import type { AmountTerms } from '../price/terms';
import type { ChangeSet } from '../core/change-set';
import type { SourceAmounts, SourceMeter, SourcePrice, SourceProduct, SourceTaxRate } from './source-objects';
import { idOf, idOrNull } from './source-parts';
import type { NotTaken, Taking } from './taking';

const APART = { customer: null, problems: [] };

export function takeTaxRate({ id, created, ...rate }: SourceTaxRate): Taking {
  return {
    ...APART,
    named: { taxRate: [id] },
    keeps: { txr: [{ id, created }] },
    plan: (changes) => {
      if (changes.rows.find('taxRate', id)) return 'unchanged';
      const { active, country, description, display_name: displayName, inclusive, jurisdiction, state, tax_type: taxType } = rate;
      const about = { active, country, description, displayName, inclusive, jurisdiction, state, taxType };
      createTaxRate(changes, { ...about, percentage: String(rate.percentage), metadata: rate.metadata });
      return 'taken';
    },
  };
}

export function takeProduct(source: SourceProduct): Taking {
  const { id, created, name, active, metadata } = source;
  return {
    ...APART,
    named: { product: [id] },
    keeps: { prod: [{ id, created }] },
    plan: (changes) => {
      const details = { active, metadata, ...detailsOf(source) };
      if (changes.rows.find('product', id)) {
        updateProduct(changes, id, { name, ...details });
        return changedOr(changes);
      }
      createProduct(changes, { id, name, ...details });
      return 'taken';
    },
  };
}

function detailsOf(source: SourceProduct) {
  const { description, images, package_dimensions: packageDimensions, shippable, tax_code: taxCode, type = 'service', url } = source;
  return {
    ...{ description, images, packageDimensions, shippable, type, url, taxCode: idOrNull(taxCode) },
    marketingFeatures: source.marketing_features.flatMap(({ name }) => (name === undefined ? [] : [{ name }])),
    statementDescriptor: source.statement_descriptor ?? null,
    unitLabel: source.unit_label ?? null,
  };
}

export function takeMeter({ id, created, ...meter }: SourceMeter): Taking {
  return {
    ...APART,
    named: { meter: [id] },
    alike: { kind: 'meter', column: 'eventName', value: meter.event_name },
    keeps: { mtr: [{ id, created }] },
    plan: (changes) => {
      if (changes.rows.find('meter', id)) return 'unchanged';
      createMeter(changes, {
        displayName: meter.display_name,
        eventName: meter.event_name,
        formula: meter.default_aggregation.formula,
        eventTimeWindow: meter.event_time_window,
        customerKey: meter.customer_mapping.event_payload_key,
        valueKey: meter.value_settings.event_payload_key,
        ...{ dimensionKeys: [], costKey: null, costCurrency: null },
      });
      if (meter.status === 'inactive') deactivateMeter(changes, id);
      return 'taken';
    },
  };
}

export function takePrice(source: SourcePrice): NotTaken | Taking {
  const { id, created, recurring } = source;
  if (recurring?.usage_type === 'metered' && recurring.meter === null) {
    const reason =
      'It has no meter: its usage is reported for each item, which Stripe has given up. Move it to a price with a meter first.';
    return { outcome: 'refused', problems: [{ field: 'recurring.meter', reason }] };
  }
  const product = idOf(source.product);
  return {
    ...APART,
    named: { price: [id], product: [product], meter: recurring?.meter ? [recurring.meter] : [] },
    ...(source.lookup_key === null ? {} : { alike: { kind: 'price', column: 'lookupKey', value: source.lookup_key } }),
    keeps: { price: [{ id, created }] },
    plan: (changes) => putPrice(changes, source, product),
  };
}

function putPrice(changes: ChangeSet, source: SourcePrice, product: string): 'changed' | 'taken' | 'unchanged' {
  const { id, active, nickname, metadata } = source;
  const isKnown = changes.rows.find('price', id) !== undefined;
  if (isKnown) updatePrice(changes, id, { nickname, metadata });
  else createPrice(changes, termsOf(source, product));
  followDefault(changes, source, product);
  const isDefault = changes.rows.find('product', product)?.defaultPrice === id;
  if (isKnown && !isDefault) updatePrice(changes, id, { active });
  return isKnown ? changedOr(changes) : 'taken';
}

/** A product names its default price, which is there only now. */
function followDefault(changes: ChangeSet, { id, active, product: source }: SourcePrice, product: string): void {
  if (typeof source === 'string' || idOrNull(source.default_price) !== id || !active) return;
  if (changes.rows.get('product', product).defaultPrice !== id) updateProduct(changes, product, { defaultPrice: id });
}

function termsOf(source: SourcePrice, product: string): NewPrice {
  const { id, active, nickname, metadata, currency, recurring, lookup_key: lookupKey } = source;
  const { billing_scheme, tiers_mode, transform_quantity, currency_options: options = {} } = source;
  // A source shows the price's own currency among its options, too.
  const others = Object.entries(options).filter(([other]) => other !== currency);
  return {
    ...{ id, product, active, nickname, metadata, lookupKey, currency, billing_scheme, tiers_mode, transform_quantity },
    ...amountsOf(source),
    ...(others.length > 0 ? { currency_options: Object.fromEntries(others.map(([other, amounts]) => [other, amountsOf(amounts)])) } : {}),
    ...(recurring ? { recurring: recurringOf(recurring) } : {}),
  };
}

function recurringOf({ interval, interval_count, meter, trial_period_days, usage_type }: NonNullable<SourcePrice['recurring']>) {
  return {
    interval,
    interval_count,
    usage_type,
    ...omitUndefined({ meter: meter ?? undefined, trial_period_days: trial_period_days ?? undefined }),
  };
}

function amountsOf({ custom_unit_amount: chosen, tax_behavior: behavior, tiers, unit_amount_decimal: unit }: SourceAmounts): AmountTerms {
  const bounds = chosen && {
    maximum: chosen.maximum ?? undefined,
    minimum: chosen.minimum ?? undefined,
    preset: chosen.preset ?? undefined,
  };
  return omitUndefined({
    unit_amount_decimal: unit ?? undefined,
    tiers: tiers?.map((tier) => ({
      up_to: tier.up_to ?? ('inf' as const),
      ...omitUndefined({
        unit_amount_decimal: tier.unit_amount_decimal ?? undefined,
        flat_amount_decimal: tier.flat_amount_decimal ?? undefined,
      }),
    })),
    custom_unit_amount: bounds ? { enabled: true, ...omitUndefined(bounds) } : undefined,
    tax_behavior: behavior ?? undefined,
  });
}

/** An update that changes nothing emits nothing. */
export const changedOr = (changes: ChangeSet): 'changed' | 'unchanged' => (changes.events.length > 0 ? 'changed' : 'unchanged');
