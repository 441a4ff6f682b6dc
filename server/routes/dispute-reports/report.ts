import { disputeFigures } from '../../../db/dispute-rates';
import { DISPUTE_GROUPS } from '../../../domain/rows/dispute-rate';
import { disputeReportCsv, toDisputeReport } from '../../../objects/dispute-report';
import { disputeReport } from '../../../objects/shapes/dispute-report';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';
import { format, spanOf, spanParameters } from '../ledger/parameters';

/**
 * Dunlin's own: disputes that began in a span, by reason, product or country of the card: counts, money, fees, how many were won, and how long it took. The
 * groups of a currency sum to its total.
 *
 * @throws BillingError parameter_invalid, parameters_exclusive
 */
export const retrieveDisputeReport = operation({
  method: 'get',
  path: '/v1/dispute_report',
  summary: 'Retrieve the report of disputes',
  tag: 'Disputes',
  own: true,
  parameters: parameters({ format: format(), group_by: oneOf(DISPUTE_GROUPS).default('reason'), ...spanParameters }),
  answer: disputeReport,
  async handle(request) {
    const { deps, scope } = request;
    const { format: asked, group_by: by } = request.parameters;
    const { start: from, end: to } = spanOf(request.parameters, (await request.now()) + 1);
    const rows = await disputeFigures(deps.sql, scope, { from, to, by });
    const report = toDisputeReport(rows, { from, to, group_by: by, livemode: scope.livemode });
    return { body: { ...report, ...(asked === 'csv' ? { csv: disputeReportCsv(report) } : {}) } };
  },
});
