import { OFFERED_METHODS } from '../domain/payment/method-configurations';
import { CARD_WALLETS } from '../domain/payment/wallets';
import {
  CONFIGURABLE_METHODS,
  isOn,
  type ConfigurableMethod,
  type PaymentMethodConfiguration,
} from '../domain/rows/payment-method-configuration';
import type { WirePaymentMethodConfiguration } from './shapes/payment-method-configuration';

/** Stripe's configuration, with every type that it may have. What no gateway has is never available. */
export function toStripePaymentMethodConfiguration(configuration: PaymentMethodConfiguration): WirePaymentMethodConfiguration {
  const { id, active, isDefault, livemode, name } = configuration;
  const methods = CONFIGURABLE_METHODS.map((method) => [method, methodOf(configuration, method)] as const);
  return {
    id,
    object: 'payment_method_configuration',
    active,
    application: null,
    is_default: isDefault,
    livemode,
    name,
    parent: null,
    ...(Object.fromEntries(methods) as Record<ConfigurableMethod, ReturnType<typeof methodOf>>),
  };
}

function methodOf(configuration: PaymentMethodConfiguration, method: ConfigurableMethod) {
  const value = isOn(configuration, method) ? ('on' as const) : ('off' as const);
  return {
    available: value === 'on' && AVAILABLE.some((offered) => offered === method),
    display_preference: { overridable: null, preference: configuration.preferences[method] ?? ('none' as const), value },
  };
}

const AVAILABLE: readonly ConfigurableMethod[] = [...OFFERED_METHODS, ...CARD_WALLETS];

/** Of an intent or a checkout; null if the request named the types. */
export const configurationDetails = (id: string | null): { id: string; parent: null } | null => (id === null ? null : { id, parent: null });
