import { exchangeRates } from '../../../db/ledger/taxes';
import { findSalesByMonth } from '../../../db/tax-sales';
import { loadMatching } from '../../../db/matching';
import { BillingError } from '../../../domain/core/errors';
import { OLDEST_SALES_MONTHS, standingsOf } from '../../../domain/tax/thresholds';
import { sellerFrom } from '../../../domain/tax/seller';
import { csv } from '../../../objects/shapes/ledger';
import { listShape } from '../../../objects/shapes/parts';
import { taxThreshold } from '../../../objects/shapes/tax-threshold';
import { taxThresholdsCsv, toTaxThreshold } from '../../../objects/tax-threshold';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { id, oneOf, parameters } from '../../http/parameters';
import { format } from '../ledger/parameters';

const MONTH = 31 * 86_400;

/**
 * Lists the areas with sales that count towards a threshold for registration, the nearest to it first. Dunlin's own; all are on one page.
 *
 * @throws BillingError parameter_invalid without a head office, resource_missing if the test clock does not exist
 */
export const listTaxThresholds = operation({
  method: 'get',
  path: '/v1/tax/thresholds',
  summary: 'List thresholds for tax registrations',
  tag: 'Tax thresholds',
  own: true,
  parameters: parameters({
    format: format(),
    status: oneOf(['approaching', 'below', 'crossed', 'registered']).optional(),
    test_clock: id().optional(),
  }),
  answer: listShape(taxThreshold).extend({ csv: csv() }),
  async handle(request) {
    const { deps, scope } = request;
    const { format: asked, status, test_clock: testClock = null } = request.parameters;
    const clock = testClock === null ? null : await request.find('testClock', testClock, 'test_clock');
    const now = clock?.frozenTime ?? (await request.now());
    const rows = await loadMatching(deps.sql, scope, [
      { kind: 'taxSettings', filters: [] },
      { kind: 'taxRegistration', filters: [] },
    ]);
    const seller = sellerFrom(rows);
    if (seller === null) throw new BillingError('parameter_invalid', NO_HEAD_OFFICE);
    const [sales, rates] = await Promise.all([
      findSalesByMonth(deps.sql, scope, { testClock, since: now - OLDEST_SALES_MONTHS * MONTH }),
      exchangeRates(deps.sql, scope),
    ]);
    const standings = standingsOf(seller, sales, { rates, instant: now }).filter((each) => status === undefined || each.status === status);
    const list = listOf(standings.map(toTaxThreshold), '/v1/tax/thresholds', false);
    return { body: { ...list, ...(asked === 'csv' ? { csv: taxThresholdsCsv(list.data) } : {}) } };
  },
});

const NO_HEAD_OFFICE = 'Set the address of your head office first: POST /v1/tax/settings with head_office[address].';
