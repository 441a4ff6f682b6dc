import type { ChargedMethod } from '../domain/rows/charge';
import { DEBIT_NAMES, REDIRECT_NAMES, VOUCHER_NAMES, WALLET_NAMES, type Card } from '../domain/rows/payment-method';

const BRANDS: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

/** Brand or scheme, and last four digits; a document never shows more of a card or an account. */
export function methodOf({ card, debit, link, redirect, voucher }: ChargedMethod): string {
  if (voucher) return VOUCHER_NAMES[voucher.type];
  if (redirect) return REDIRECT_NAMES[redirect];
  if (link) return WALLET_NAMES.link;
  if (debit) return `${DEBIT_NAMES[debit.type]} •••• ${debit.account.last4}`;
  return card === null ? '' : cardName(card);
}

function cardName({ brand, last4, wallet }: Card): string {
  const name = `${BRANDS[brand] ?? brand} •••• ${last4}`;
  return wallet === undefined ? name : `${name} (${WALLET_NAMES[wallet.type]})`;
}
