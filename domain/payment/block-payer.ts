/** What a seller has reported as fraud, by a refund or on the charge: the card and the e-mail address go on the block lists of the account. */
import type { ChangeSet } from '../core/change-set';
import { comparedAs } from '../fraud/value-lists';
import { settingsOf } from '../rows/account';
import type { Charge } from '../rows/charge';
import type { Dispute } from '../rows/dispute';
import { takesMoney } from './dispute-closing';
import { fingerprintOf } from '../rows/payment-method';

export function blockPayer(changes: ChangeSet, charge: Charge): void {
  const method = changes.rows.find('paymentMethod', charge.paymentMethod);
  const email = changes.rows.find('customer', charge.customer)?.email ?? charge.receiptEmail ?? charge.billingDetails.email;
  if (method) block(changes, 'card_fingerprint', fingerprintOf(method));
  if (email !== null) block(changes, 'email', comparedAs('email', email));
}

/** A dispute for fraud does the same at the stage that the account has set. */
export function blockPayerOf(changes: ChangeSet, dispute: Dispute, stage: 'when_lost' | 'when_opened'): void {
  const { block_payer: when } = settingsOf(changes.rows.get('account', dispute.account), dispute).disputes;
  if (when !== stage || dispute.reason !== 'fraudulent' || !takesMoney(dispute)) return;
  blockPayer(changes, changes.rows.get('charge', dispute.charge));
}

function block(changes: ChangeSet, type: 'card_fingerprint' | 'email', value: string): void {
  const alias = `${type}_blocklist`;
  if (value === '' || changes.listed.some((each) => each.alias === alias && each.value === value)) return;
  changes.listed.push({ ...changes.resource('rsli'), alias, value, compared: comparedAs(type, value) });
}
