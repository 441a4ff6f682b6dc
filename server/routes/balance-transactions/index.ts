import type { Operation } from '../../http/operation';
import { retrieveBalance } from './balance';
import { listBalanceTransactions } from './list';
import { retrieveBalanceTransaction } from './retrieve';

export const balanceTransactions: Operation[] = [retrieveBalance, listBalanceTransactions, retrieveBalanceTransaction];
