import type { Operation } from '../../http/operation';
import { listCreditBalanceTransactions } from './list';
import { retrieveCreditBalanceTransaction } from './retrieve';
import { retrieveCreditBalanceSummary } from './summary';

export const creditBalance: Operation[] = [listCreditBalanceTransactions, retrieveCreditBalanceSummary, retrieveCreditBalanceTransaction];
