import type { ReactNode } from 'react';
import { WALLET_NAMES, type WalletType } from '../../domain/rows/payment-method';
import type { Words } from '../words/words';

interface Props {
  wallets: readonly WalletType[];
  words: Words;
  /** Whether the label says that the buyer orders: the law wants it on each such button, and words beside it do not count. */
  orders?: boolean;
}

/**
 * Each pays what the button of the form pays, from a wallet. That has a card of its own, so the form's fields for one may be empty. The wallets of
 * the sandbox say that they are none.
 */
export function WalletButtons({ wallets, words, orders = false }: Props): ReactNode {
  return wallets.map((wallet) => (
    <button key={wallet} name="wallet" value={wallet} formNoValidate>
      {`${WALLET_NAMES[wallet]} (${words.testMode})${orders ? ` – ${words.walletOrder}` : ''}`}
    </button>
  ));
}
