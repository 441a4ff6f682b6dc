/** Wallets that pay with a card: which a page offers. */
import { isOn, type PaymentMethodConfiguration } from '../rows/payment-method-configuration';
import type { MethodType } from '../rows/payment-method';

/** The wallets of a card, each of which the seller can turn off. */
export const CARD_WALLETS = ['apple_pay', 'google_pay'] as const;
export type CardWallet = (typeof CARD_WALLETS)[number];

/** @param configuration null: the account has none */
export function walletsOffered(
  methods: readonly MethodType[],
  configuration: Pick<PaymentMethodConfiguration, 'preferences'> | null,
): CardWallet[] {
  if (!methods.includes('card')) return [];
  return CARD_WALLETS.filter((wallet) => isOn(configuration ?? { preferences: {} }, wallet));
}
