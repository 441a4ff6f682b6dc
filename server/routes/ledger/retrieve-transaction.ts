import { findTransaction } from '../../../db/ledger/entries';
import { ledgerTransaction } from '../../../objects/shapes/ledger';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';

/**
 * A transaction of the ledger: its entries, the schedules of its invoice lines, and its cause, the commit of a workflow or of a request.
 *
 * @throws BillingError resource_missing
 */
export const retrieveLedgerTransaction = operation({
  method: 'get',
  path: '/v1/ledger/transactions/:transaction',
  summary: 'Retrieve a transaction of the ledger',
  tag: 'Ledger',
  own: true,
  parameters: parameters({}),
  answer: ledgerTransaction,
  async handle(request) {
    const id = request.pathId('transaction');
    const found = await findTransaction(request.deps.sql, request.scope, id);
    if (!found) throw new ParameterError('resource_missing', `No such ledger transaction: '${id}'`, 'id');
    const { cause, entries, schedules, ...rest } = found;
    return {
      body: {
        ...rest,
        object: 'ledger.transaction' as const,
        cause: { commit_key: cause.commitKey, outcome: cause.outcome, step: cause.step, workflow: cause.workflow },
        entries: entries.map(({ ledgerAccount: account, ...entry }) => ({ ...entry, account })),
        livemode: request.scope.livemode,
        schedules: schedules.map(({ invoiceLineItem, startsAt, endsAt, countsFrom, ...schedule }) => ({
          ...schedule,
          counts_from: countsFrom,
          ends_at: endsAt,
          invoice_line_item: invoiceLineItem,
          starts_at: startsAt,
        })),
      },
    };
  },
});
