import { accountsInUse, codesOf } from '../../../db/ledger/codes';
import { CHART } from '../../../domain/core/chart-of-accounts';
import { toLedgerAccount } from '../../../objects/ledger';
import { ledgerAccount } from '../../../objects/shapes/ledger';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/** The chart of accounts: all accounts, with a tax account for each place that has tax, and the seller's codes. */
export const listLedgerAccounts = operation({
  method: 'get',
  path: '/v1/ledger/accounts',
  summary: 'List the accounts of the ledger',
  tag: 'Ledger',
  own: true,
  parameters: parameters({}),
  answer: listShape(ledgerAccount),
  async handle({ deps, scope }) {
    const [codes, used] = await Promise.all([codesOf(deps.sql, scope), accountsInUse(deps.sql, scope)]);
    const accounts = [...new Set([...Object.keys(CHART), ...used])];
    return {
      body: listOf(
        accounts.map((account) => toLedgerAccount(account, codes)),
        '/v1/ledger/accounts',
        false,
      ),
    };
  },
});
