/** The sandbox's wallets: any test card may be paid from one, by the end of its token, as in `pm_card_visa_applePay`. */
import type { WalletType } from '../../domain/rows/payment-method';

const ENDINGS: Record<string, WalletType> = { applePay: 'apple_pay', googlePay: 'google_pay', link: 'link' };

/** The token of the card, and the wallet that it is in. */
export function walletOfToken(token: string): { card: string; wallet: WalletType | null } {
  const [, card = token, ending = ''] = /^(.+)_(applePay|googlePay|link)$/.exec(token) ?? [];
  return { card, wallet: ENDINGS[ending] ?? null };
}

/** The sandbox's account at Link. */
export const LINK = 'link';
