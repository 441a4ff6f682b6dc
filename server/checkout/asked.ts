/** What the seller asks the buyer on the page, and what the buyer has entered so far. */
import { LONGEST_ANSWER } from '../../domain/checkout/custom-fields';
import { settingsOf, type Account, type CheckoutPageSettings } from '../../domain/rows/account';
import { NO_DETAILS, type CheckoutConsentCollection, type CheckoutField, type CheckoutSession } from '../../domain/rows/checkout-session';
import type { Address } from '../../domain/rows/resource';
import type { ShippingRate } from '../../domain/rows/shipping-rate';
import type { EnteredAddress } from '../../web/components/address-fields';
import type { Asked, CheckoutModel, CustomField, Entered, Need, Texts } from '../../web/checkout/model';
import { FIELD, type Entries } from './form';

export function askedOf(session: CheckoutSession, account: Account | undefined, entries: Entries): Asked {
  const { settings } = session;
  const { phone_number_collection, name_collection: names, consent_collection: consents } = settings;
  return {
    phone: phone_number_collection,
    businessName: needOf(names?.business) ?? (settings.tax_id_collection.enabled ? 'optional' : null),
    taxId: settings.tax_id_collection.enabled ? (settings.tax_id_collection.required === 'never' ? 'optional' : 'required') : null,
    individualName: needOf(names?.individual),
    fields: session.customFields.map((field) => customField(field, entries)),
    ...consentsOf(consents, account && settingsOf(account, session).checkout),
  };
}

function consentsOf(
  asked: CheckoutConsentCollection | null,
  urls: CheckoutPageSettings | undefined,
): Pick<Asked, 'privacy' | 'promotions' | 'terms'> {
  const { privacy_policy_url: privacy = null, terms_of_service_url: terms = null } = urls ?? {};
  return { promotions: asked?.promotions === 'auto', terms: asked?.terms_of_service === 'required' ? terms : null, privacy };
}

function needOf(asked: { enabled: boolean; optional: boolean } | undefined): Need {
  if (asked?.enabled !== true) return null;
  return asked.optional ? 'optional' : 'required';
}

function customField({ key, label, optional, type, dropdown, numeric, text }: CheckoutField, entries: Entries): CustomField {
  const name = `${FIELD}${key}`;
  const { default_value: suggested, ...lengths } = { ...NO_LENGTHS, ...(dropdown ?? numeric ?? text) };
  return {
    name,
    label: label.custom,
    isOptional: optional,
    type,
    options: dropdown?.options ?? [],
    minimumLength: lengths.minimum_length ?? undefined,
    maximumLength: lengths.maximum_length ?? LONGEST_ANSWER,
    value: entries[name] ?? suggested ?? '',
  };
}

const NO_LENGTHS = { default_value: null, maximum_length: null, minimum_length: null };

export function textsOf({ settings: { custom_text: texts } }: CheckoutSession): Texts {
  return {
    submit: texts.submit?.message ?? null,
    afterSubmit: texts.after_submit?.message ?? null,
    shippingAddress: texts.shipping_address?.message ?? null,
    terms: texts.terms_of_service_acceptance?.message ?? null,
  };
}

/** Where goods can go, and what the buyer chooses from. */
export function deliveryOf({ settings, shippingRate }: CheckoutSession, rates: readonly ShippingRate[]): CheckoutModel['delivery'] {
  const { shipping_address_collection: asked, shipping_options: offered } = settings;
  return {
    countries: asked && asked.allowed_countries.filter((code) => code !== 'ZZ'),
    options: offered.flatMap(({ shipping_rate: id, shipping_amount: amount }) => {
      const rate = rates.find((each) => each.id === id);
      if (!rate) return [];
      const { minimum: from, maximum: to } = rate.deliveryEstimate ?? { minimum: null, maximum: null };
      return [{ id, name: rate.displayName, amount, isChosen: id === shippingRate, from, to }];
    }),
  };
}

/** The latest entries, or else what is known of the buyer. */
export function enteredOf({ customerDetails, shippingDetails: shipping }: CheckoutSession, entries: Entries): Entered {
  const details = customerDetails ?? NO_DETAILS;
  const of = (name: string, known: string | null): string => entries[name] ?? known ?? '';
  return {
    email: of('email', details.email),
    name: of('name', details.name),
    phone: of('phone', details.phone),
    businessName: of('business_name', details.business_name),
    taxId: of('tax_id', details.tax_ids[0]?.value ?? null),
    individualName: of('individual_name', details.individual_name),
    shippingName: of('shipping_name', shipping?.name ?? null),
    ...addressOf('', details.address, entries),
    shipping: addressOf('shipping_', shipping?.address ?? null, entries),
  };
}

function addressOf(prefix: string, known: Address | null, entries: Entries): EnteredAddress {
  const of = (name: keyof EnteredAddress): string => entries[`${prefix}${name}`] ?? known?.[name] ?? '';
  return { line1: of('line1'), postal_code: of('postal_code'), city: of('city'), state: of('state'), country: of('country') };
}
