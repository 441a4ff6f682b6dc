/** Payment method configurations: which ways to pay a seller offers where a request does not name them. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import {
  isOn,
  type ConfigurableMethod,
  type MethodPreference,
  type PaymentMethodConfiguration,
} from '../rows/payment-method-configuration';
import { METHOD_TYPES, paysOnce } from '../rows/payment-method';
import type { Rows } from '../rows/rows';
import { canPayIn, refuseCurrency } from './method-currencies';

/** The types that the gateways have. */
export const OFFERED_METHODS = METHOD_TYPES satisfies readonly ConfigurableMethod[];
type OfferedMethod = (typeof OFFERED_METHODS)[number];

/** Those of the named types that pay in the currency, if one is known, in the order of the pages: a card first. */
export const methodsAmong = (named: readonly string[], currency: string | null): OfferedMethod[] =>
  OFFERED_METHODS.filter((type) => named.includes(type) && (currency === null || canPayIn(type, currency)));

/** As the route's schema parsed it. */
export type ConfigurationParameters = {
  active?: boolean | undefined;
  name?: string | undefined;
} & Partial<Record<ConfigurableMethod, { display_preference?: { preference?: MethodPreference | undefined } | undefined } | undefined>>;

export function createMethodConfiguration(changes: ChangeSet, { name = 'Custom', ...params }: ConfigurationParameters): void {
  changes.put('paymentMethodConfiguration', {
    ...changes.resource('pmc'),
    active: true,
    isDefault: false,
    name,
    preferences: preferencesOf(params),
  });
}

/** @throws BillingError parameter_invalid if it would deactivate the account's default */
export function updateMethodConfiguration(changes: ChangeSet, id: string, { active, name, ...params }: ConfigurationParameters): void {
  const before = changes.rows.get('paymentMethodConfiguration', id);
  if (before.isDefault && active === false) {
    throw new BillingError('parameter_invalid', 'The default payment method configuration cannot be deactivated.', { param: 'active' });
  }
  changes.patch('paymentMethodConfiguration', id, {
    active: active ?? before.active,
    name: name ?? before.name,
    preferences: { ...before.preferences, ...preferencesOf(params) },
  });
}

function preferencesOf(params: Omit<ConfigurationParameters, 'active' | 'name'>): PaymentMethodConfiguration['preferences'] {
  const sent = Object.entries(params as Record<string, { display_preference?: { preference?: MethodPreference | undefined } } | undefined>);
  return Object.fromEntries(
    sent.flatMap(([method, part]) => {
      const preference = part?.display_preference?.preference;
      return preference === undefined ? [] : [[method, preference]];
    }),
  );
}

interface Asked {
  types?: readonly string[] | undefined;
  configuration?: string | undefined;
  currency?: string | undefined;
  /** Whether it may be a type that pays once. */
  once?: boolean;
}

export interface MethodsOffered {
  types: string[];
  /** The configuration that decides; null if the request names the types. */
  configuration: string | null;
}

/**
 * The named types, or those of the named configuration, or those of the account's default, as far as they pay in the currency.
 *
 * @throws BillingError parameter_invalid for a named type that does not pay in the currency, and for a configuration that is not active, or offers nothing that the gateways have
 */
export function methodsOffered(rows: Rows, { types, configuration: named, currency, once = true }: Asked): MethodsOffered {
  if (types !== undefined) {
    if (currency !== undefined) refuseCurrency(types, currency);
    return { types: [...types], configuration: null };
  }
  const configuration = rows.first('paymentMethodConfiguration', ({ id, isDefault }) => (named === undefined ? isDefault : id === named));
  if (configuration === undefined) return { types: ['card'], configuration: null };
  const param = 'payment_method_configuration';
  if (!configuration.active) {
    throw new BillingError('parameter_invalid', `The payment method configuration ${configuration.id} is not active.`, { param });
  }
  const offered: OfferedMethod[] = OFFERED_METHODS.filter(
    (method) => isOn(configuration, method) && (once || !paysOnce(method)) && (currency === undefined || canPayIn(method, currency)),
  );
  if (offered.length > 0) return { types: offered, configuration: configuration.id };
  throw new BillingError('parameter_invalid', NOTHING_ON, { param });
}

const NOTHING_ON =
  'No valid payment method types. Please ensure that you have activated payment methods compatible with your chosen currency in the payment method configuration.';
