import { listedAmong } from '../../../db/fraud';
import { loadPast, type PastPaymentWithValues } from '../../../db/fraud-past';
import { loadPayments, valuesOf } from '../../../db/fraud-values';
import { LIMITS } from '../../../domain/core/limits';
import { operandsOf } from '../../../domain/fraud/attributes';
import { sortPast } from '../../../domain/fraud/backtest';
import { holds } from '../../../domain/fraud/evaluation';
import type { RuleValues } from '../../../domain/rows/radar';
import { backtest } from '../../../objects/shapes/radar-reports';
import { operation } from '../../http/operation';
import { parameters, timestamp } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import type { ApiRequest } from '../../http/request';
import type { ReadRule } from '../../radar/read-rule';
import { readKnownRule, rule } from './rule-facts';

/** Payments whose values are read at once. */
const AT_ONCE = 500;

/**
 * Tests a rule on past payments, and changes nothing: which of them it matches, and what came of those: disputed (or the bank has warned), refunded, blocked,
 * failed or succeeded. It sees the values that were decided on; others are as of the payment's time. Lists are as they are now.
 *
 * @throws BillingError parameter_missing, parameter_invalid (with the character of a mistake in the rule), also for a span that ends before it begins
 */
export const createRadarBacktest = operation({
  method: 'post',
  path: '/v1/radar/backtests',
  summary: 'Test a fraud rule on past payments',
  tag: 'Radar',
  own: true,
  parameters: parameters({ from: timestamp(), rule: rule(), to: timestamp() }),
  answer: backtest,
  async handle(request) {
    const { from, rule: source, to } = request.parameters;
    if (to <= from) throw new ParameterError('parameter_invalid', 'Invalid to: must be after from.', 'to');
    const read = await readKnownRule(request, source);
    const { max } = LIMITS.backtestPayments;
    const past = await loadPast(request.deps.sql, request.scope, { from, to }, max + 1);
    const looked = past.slice(0, max);
    const matched = await matchedBy(request, read, looked);
    return {
      body: {
        ...{ object: 'radar.backtest' as const, action: read.action, complete: past.length <= max, from, livemode: request.scope.livemode },
        ...{ matched: matched.length, outcomes: sortPast(matched), payments: looked.length, predicate: read.predicate, to },
      },
    };
  },
});

async function matchedBy(
  { deps: { sql, secret }, scope }: ApiRequest<unknown>,
  { condition }: ReadRule,
  past: readonly PastPaymentWithValues[],
): Promise<PastPaymentWithValues[]> {
  const names = [...new Set(operandsOf(condition).map(({ name }) => name))];
  const matched: PastPaymentWithValues[] = [];
  for (let start = 0; start < past.length; start += AT_ONCE) {
    const portion = past.slice(start, start + AT_ONCE);
    const decided = new Map<string, RuleValues>(portion.map((each) => [each.attempt, each.decided]));
    const payments = await loadPayments(sql, [...decided.keys()]);
    const values = await valuesOf(sql, payments, names, (attempt) => decided.get(attempt) ?? {});
    const isListed = await listedAmong({ sql, secret }, scope, [condition], [...values.values()]);
    matched.push(...portion.filter(({ attempt }) => holds(condition, { values: values.get(attempt) ?? {}, isListed })));
  }
  return matched;
}
