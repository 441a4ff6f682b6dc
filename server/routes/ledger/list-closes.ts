import { findCloses } from '../../../db/ledger/closes';
import { toLedgerClose } from '../../../objects/ledger';
import { ledgerClose } from '../../../objects/shapes/ledger';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { pageOf } from '../../http/list';
import { orderedBy, pagination, parameters } from '../../http/parameters';

/**
 * Lists the closed months, latest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listLedgerCloses = operation({
  method: 'get',
  path: '/v1/ledger/closes',
  summary: 'List closed months',
  tag: 'Ledger',
  own: true,
  parameters: parameters({ ...pagination, ...orderedBy('created') }),
  answer: listShape(ledgerClose),
  async handle({ deps, scope, parameters: page }) {
    const { shown, hasMore } = pageOf(await findCloses(deps.sql, scope), page, 'ledger close');
    return { body: listOf(shown.map(toLedgerClose), '/v1/ledger/closes', hasMore) };
  },
});
