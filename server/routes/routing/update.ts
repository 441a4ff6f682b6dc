import { replaceRouting } from '../../../db/routing';
import { mistakeInRules } from '../../../domain/payment/routing';
import { CARD_BRANDS } from '../../../domain/rows/payment-method';
import { FALLBACKS, type RoutingRule } from '../../../domain/rows/routing';
import { LIMITS } from '../../../domain/core/limits';
import { routing } from '../../../objects/shapes/routing';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { array, currency, emptyable, integer, name, object, oneOf, parameters } from '../../http/parameters';
import { country } from '../../schemas/countries';
import { answerRouting } from './show';

const rule = object({
  amount_gte: integer({ min: 0, max: LIMITS.chargeAmount.max }).optional(),
  amount_lte: integer({ min: 0, max: LIMITS.chargeAmount.max }).optional(),
  brands: array(oneOf(CARD_BRANDS)).optional(),
  countries: array(country()).optional(),
  currencies: array(currency()).optional(),
  fallback: array(name({ max: 100 }), { max: 3 }).optional(),
  fallback_on: array(oneOf(FALLBACKS)).optional(),
  name: name({ max: 100 }),
  split: array(object({ percent: integer({ min: 1, max: 100 }), processor: name({ max: 100 }) }), { max: 20 }),
});

/**
 * Replaces the routing rules of the key's mode as a whole. They apply to charges from now on; a charge that is under way keeps its route.
 * `rules` empty removes them all.
 *
 * @throws BillingError parameter_invalid for a processor that is not configured, percents that do not add up to 100, two rules of one name, and a
 * rule about amounts without its currency; parameter_missing
 */
export const updateRouting = operation({
  method: 'post',
  path: '/v1/routing',
  summary: 'Replace the routing rules',
  tag: 'Processors',
  own: true,
  parameters: parameters({ rules: emptyable(array(rule, { max: LIMITS.routingRules.max })) }),
  answer: routing,
  async handle(request) {
    const { deps, scope, keyId: key } = request;
    const rules = (request.parameters.rules ?? []).map(toRule);
    const mistake = mistakeInRules(
      rules,
      deps.config.processors.map((each) => each.name),
    );
    if (mistake) throw new ParameterError('parameter_invalid', mistake.message, mistake.param);
    await replaceRouting(deps.sql, scope, { rules, key });
    return answerRouting(request);
  },
});

function toRule(of: ReturnType<typeof rule.parse>): RoutingRule {
  return {
    name: of.name,
    currencies: of.currencies ?? null,
    countries: of.countries ?? null,
    brands: of.brands ?? null,
    amount_gte: of.amount_gte ?? null,
    amount_lte: of.amount_lte ?? null,
    split: of.split,
    fallback: of.fallback ?? [],
    fallback_on: of.fallback_on ?? [...FALLBACKS],
  };
}
