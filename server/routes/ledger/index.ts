import type { Operation } from '../../http/operation';
import { createLedgerClose } from './create-close';
import { retrieveLedgerJournal } from './journal';
import { listLedgerAccounts } from './list-accounts';
import { listLedgerCloses } from './list-closes';
import { retrieveLedgerTransaction } from './retrieve-transaction';
import { retrieveLedgerRevenue } from './revenue';
import { retrieveLedgerStatement } from './statement';
import { retrieveTrialBalance } from './trial-balance';
import { updateLedgerAccount } from './update-account';

export const ledger: Operation[] = [
  listLedgerAccounts,
  updateLedgerAccount,
  retrieveLedgerStatement,
  retrieveLedgerTransaction,
  retrieveTrialBalance,
  retrieveLedgerRevenue,
  retrieveLedgerJournal,
  createLedgerClose,
  listLedgerCloses,
];
