import { acceptShadow, differenceTotals, hurryShadows, shadowTotals } from '../../../db/shadow-invoices';
import { BillingError } from '../../../domain/core/errors';
import { DEADLINES } from '../../../domain/core/deadlines';
import { shadowReport } from '../../../objects/shapes/import';
import { startShadowComparison } from '../../../temporal/shadow-comparison';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

async function report({ deps, scope }: ApiRequest<unknown>) {
  const [totals, differences] = await Promise.all([shadowTotals(deps.sql, scope), differenceTotals(deps.sql, scope)]);
  const rows = totals.map(({ currency, invoices, ours, status, theirs }) => ({ currency, invoices, ours, status, theirs }));
  const kinds = differences.map(({ kind, count }) => ({ count, kind }));
  const header = 'status,currency,invoices,ours,theirs';
  const csv = [header, ...rows.map((row) => [row.status, row.currency, row.invoices, row.ours, row.theirs].join(','))].join('\n');
  return { body: { object: 'shadow_report' as const, csv, differences: kinds, livemode: scope.livemode, totals: rows } };
}

/** How many shadow invoices agree with the other system's, what each side bills, and in what they differ. */
export const retrieveShadowReport = operation({
  method: 'get',
  path: '/v1/shadow_invoices/report',
  summary: 'Retrieve the report of shadow billing',
  tag: 'Migration',
  own: true,
  parameters: parameters({}),
  answer: shadowReport,
  handle: report,
});

/**
 * Compares now what waits. It is also compared by itself. If the other system is away, the comparison goes on after this answer.
 *
 * @throws BillingError lock_timeout while the other system does not answer
 */
export const compareShadowInvoices = operation({
  method: 'post',
  path: '/v1/shadow_invoices/compare',
  summary: 'Compare shadow invoices',
  tag: 'Migration',
  own: true,
  repeatable: true,
  parameters: parameters({}),
  answer: shadowReport,
  async handle(request) {
    const { deps, scope } = request;
    await hurryShadows(deps.sql, scope);
    const handle = await startShadowComparison(deps.temporal, deps.config.taskQueue, { ...scope });
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, DEADLINES.processorCall, 'late').unref());
    if ((await Promise.race([handle.result(), late])) === 'late') {
      throw new BillingError('lock_timeout', 'The other system has not answered yet. The comparison goes on: retrieve the report later.');
    }
    return report(request);
  },
});

/**
 * Says that a difference is right as it is. It then does not keep its customer from being cut over.
 *
 * @throws BillingError resource_missing, parameter_invalid if there is no difference
 */
export const acceptShadowInvoice = operation({
  method: 'post',
  path: '/v1/shadow_invoices/:shadow_invoice/accept',
  summary: 'Accept a difference of a shadow invoice',
  tag: 'Migration',
  own: true,
  repeatable: true,
  parameters: parameters({}),
  shows: 'shadowInvoice',
  async handle(request) {
    const { id, status } = await request.find('shadowInvoice', request.pathId('shadow_invoice'));
    const key = await acceptShadow(request.deps.sql, request.scope, id);
    if (key === null)
      throw new BillingError('parameter_invalid', `The shadow invoice is ${status}: there is no difference to accept.`, { param: 'id' });
    return { kind: 'shadowInvoice', key };
  },
});
