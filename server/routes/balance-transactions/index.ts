import type { Operation } from '../../http/operation';
import { retrieveBalance } from './balance';
import { listBalanceTransactions } from './list';
import { COLLECTIONS } from './paths';
import { retrieveBalanceTransaction } from './retrieve';

export const balanceTransactions: Operation[] = [
  retrieveBalance,
  ...COLLECTIONS.flatMap((collection) => [listBalanceTransactions(collection), retrieveBalanceTransaction(collection)]),
];
