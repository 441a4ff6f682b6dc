import type { ReactNode } from 'react';
import { WALLET_NAMES, type WalletType } from '../../domain/rows/payment-method';
import type { Words } from '../words/words';

interface Props {
  wallets: readonly WalletType[];
  words: Words;
  /** What the form's own button says: the law asks for the same words on every button that orders. */
  label: string;
}

/** Pays from a wallet, which has a card of its own: the card's fields may be empty. The sandbox's wallets say that they are none. */
export function WalletButtons({ wallets, words, label }: Props): ReactNode {
  return wallets.map((wallet) => (
    <button key={wallet} name="wallet" value={wallet} formNoValidate>
      {`${WALLET_NAMES[wallet]} (${words.testMode}): ${label}`}
    </button>
  ));
}
