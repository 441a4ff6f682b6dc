import { codesOf, setCode } from '../../../db/ledger/codes';
import { accountKind } from '../../../domain/core/chart-of-accounts';
import { toLedgerAccount } from '../../../objects/ledger';
import { ledgerAccount } from '../../../objects/shapes/ledger';
import { operation } from '../../http/operation';
import { emptyable, name, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';

/**
 * Sets the code, or the name, that the seller's general ledger has for an account. Reports and journals show it.
 *
 * @throws BillingError resource_missing, parameter_missing
 */
export const updateLedgerAccount = operation({
  method: 'post',
  path: '/v1/ledger/accounts/:account',
  summary: 'Set the code of an account',
  tag: 'Ledger',
  own: true,
  parameters: parameters({ code: emptyable(name({ max: 100 })) }),
  answer: ledgerAccount,
  async handle(request) {
    const account = request.pathId('account');
    if (!accountKind(account) || account.length > 255) throw new ParameterError('resource_missing', `No such account: '${account}'`, 'id');
    await setCode(request.deps.sql, request.scope, account, request.parameters.code);
    return { body: toLedgerAccount(account, await codesOf(request.deps.sql, request.scope)) };
  },
});
