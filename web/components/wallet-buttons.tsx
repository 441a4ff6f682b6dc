import type { ReactNode } from 'react';
import { WALLET_NAMES, type WalletType } from '../../domain/rows/payment-method';
import type { Words } from '../words/words';

interface Props {
  wallets: readonly WalletType[];
  words: Words;
  /** The law asks that each button with which a buyer orders says so; words beside it do not count. */
  orders?: boolean;
}

/** Pays from a wallet, which has a card of its own, what the form's own button says: the card's fields may be empty. The sandbox's wallets say that they are none. */
export function WalletButtons({ wallets, words, orders = false }: Props): ReactNode {
  return wallets.map((wallet) => (
    <button key={wallet} name="wallet" value={wallet} formNoValidate>
      {`${WALLET_NAMES[wallet]} (${words.testMode})${orders ? ` – ${words.walletOrder}` : ''}`}
    </button>
  ));
}
