import { customerTime } from '../../../db/lookup';
import { loadMatching } from '../../../db/matching';
import { creditBalances, type CreditFilter } from '../../../domain/credit/summary';
import { monetary } from '../../../objects/credit-grant';
import { creditBalanceSummary } from '../../../objects/shapes/credit-grant';
import { operation } from '../../http/operation';
import { id, object, oneOf, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import { missing, type ApiRequest } from '../../http/request';
import { pricesOf, scopeShape } from '../../schemas/credit-scope';

/**
 * A customer's remaining credit at this instant (of its test clock), by currency: available now, and including credit that begins later.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive
 */
export const retrieveCreditBalanceSummary = operation({
  method: 'get',
  path: '/v1/billing/credit_balance_summary',
  summary: 'Retrieve the credit balance summary of a customer',
  tag: 'Credits',
  parameters: parameters({
    customer: id(),
    filter: object({
      applicability_scope: object(scopeShape).optional(),
      credit_grant: id().optional(),
      type: oneOf(['applicability_scope', 'credit_grant']),
    }),
  }),
  unsupported: ['customer_account'],
  answer: creditBalanceSummary,
  async handle(request) {
    const { customer, filter } = request.parameters;
    const { deps, scope: of } = request;
    const time = (await customerTime(deps.sql, of, customer)) ?? missing('customer', customer, 'customer');
    const params = await filterOf(request, customer, filter);
    const rows = await loadMatching(deps.sql, of, [{ kind: 'creditGrant', filters: [{ column: 'customer', equals: customer }] }]);
    const now = time.now ?? Math.floor(Date.now() / 1000);
    return {
      body: {
        object: 'billing.credit_balance_summary' as const,
        balances: creditBalances(rows.all('creditGrant'), params, now).map(({ currency, available, ledger }) => ({
          available_balance: monetary(available, currency),
          ledger_balance: monetary(ledger, currency),
        })),
        customer,
        customer_account: null,
        livemode: of.livemode,
      },
    };
  },
});

interface Filter {
  type: 'applicability_scope' | 'credit_grant';
  applicability_scope?: Parameters<typeof pricesOf>[1] | undefined;
  credit_grant?: string | undefined;
}

async function filterOf(request: ApiRequest<unknown>, customer: string, filter: Filter): Promise<CreditFilter> {
  const { type, applicability_scope: applicability, credit_grant: grant } = filter;
  const other = type === 'credit_grant' ? 'applicability_scope' : 'credit_grant';
  if (filter[other] !== undefined) {
    throw new ParameterError('parameter_invalid', `filter[${other}] can't be set with filter[type]=${type}.`, `filter[${other}]`);
  }
  if (type === 'applicability_scope' && applicability) {
    return { prices: await pricesOf(request, applicability, 'filter[applicability_scope]') };
  }
  if (grant === undefined) throw new ParameterError('parameter_missing', `Missing required param: filter[${type}].`, `filter[${type}]`);
  const row = await request.find('creditGrant', grant, 'filter[credit_grant]');
  return row.customer === customer ? { grant } : missing('creditGrant', grant, 'filter[credit_grant]');
}
