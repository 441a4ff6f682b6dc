import type { Card, WalletType } from '../domain/rows/payment-method';
import type { WireCharge } from './shapes/charge';
import type { WirePaymentMethod } from './shapes/payment-method';
import type { WireSetupAttempt } from './shapes/setup-attempt';

type InWallet = Pick<Card, 'wallet'>;
type WalletOf<Details extends { wallet: unknown } | undefined> = NonNullable<Details>['wallet'];

/** What the card is paid from. */
export function toStripeWallet({ wallet }: InWallet): WalletOf<WirePaymentMethod['card']> {
  return wallet === undefined ? null : { ...ofType(wallet.type), dynamic_last4: wallet.dynamic_last4, type: wallet.type };
}

/** The same as a charge shows it. */
export function toStripeChargedWallet({ wallet }: InWallet): WalletOf<WireCharge['payment_method_details']['card']> {
  if (wallet === undefined) return null;
  const { dynamic_last4, type } = wallet;
  if (type === 'link') return { link: { funding_source_group: null }, dynamic_last4, type };
  return { ...ofType(type), dynamic_last4, type };
}

/** The same as an attempt to set the card up shows it. */
export function toStripeWalletOfSetup({ wallet }: InWallet): WalletOf<WireSetupAttempt['payment_method_details']['card']> {
  if (wallet === undefined) return null;
  return { ...(wallet.type === 'link' ? {} : ofType(wallet.type)), type: wallet.type };
}

const ofType = <T extends WalletType>(type: T): Partial<Record<T, Record<string, never>>> =>
  ({ [type]: {} }) as Partial<Record<T, Record<string, never>>>;
