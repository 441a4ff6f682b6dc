import { recoveryFigures } from '../../../db/recovery-report';
import { RECOVERY_GROUPS } from '../../../domain/rows/recovery-report';
import { recoveryReportCsv, toRecoveryReport } from '../../../objects/recovery-report';
import { recoveryReport } from '../../../objects/shapes/recovery-report';
import { operation } from '../../http/operation';
import { id, oneOf, parameters } from '../../http/parameters';
import { format, spanOf, spanParameters } from '../ledger/parameters';

/**
 * What the recoveries that began in a span have brought, by program, version, arm, first decline, or the step that has paid: counts, money and
 * rates. The groups of a currency sum to its total, and each amount is what was recovered, credited and lost, and what is open.
 *
 * @throws BillingError parameter_invalid, parameters_exclusive
 */
export const retrieveRecoveryReport = operation({
  method: 'get',
  path: '/v1/recovery_report',
  summary: 'Retrieve the report of recoveries',
  tag: 'Recovery',
  own: true,
  parameters: parameters({
    format: format(),
    group_by: oneOf(RECOVERY_GROUPS).default('program'),
    recovery_program: id().optional(),
    ...spanParameters,
  }),
  answer: recoveryReport,
  async handle(request) {
    const { deps, scope } = request;
    const { format: asked, group_by: by, recovery_program: program = null } = request.parameters;
    const { start: from, end: to } = spanOf(request.parameters, (await request.now()) + 1);
    const rows = await recoveryFigures(deps.sql, scope, { from, to, by, program });
    const report = toRecoveryReport(rows, { from, to, group_by: by, livemode: scope.livemode });
    return { body: { ...report, ...(asked === 'csv' ? { csv: recoveryReportCsv(report) } : {}) } };
  },
});
