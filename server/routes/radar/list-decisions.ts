import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists what was decided on each charge and on each card to be set up, before it went to the processor, newest first: by rules, each that
 * matched, and the values at which they looked; without a rule, the settings and what they looked at.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listRadarDecisions = operation({
  method: 'get',
  path: '/v1/radar/decisions',
  summary: 'List fraud decisions',
  tag: 'Radar',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('fraud_decisions'),
    created: range().optional(),
    decision: oneOf(['allow', 'block', 'require_3ds', 'review']).optional(),
    payment_intent: id().optional(),
    rule: id().optional(),
    setup_intent: id().optional(),
  }),
  shows: 'fraudDecision',
  handle: (request) => {
    const { created, decision, payment_intent: intent, rule, setup_intent: setup } = request.parameters;
    return list(request, 'fraudDecision', [
      rangeFilter('created', created),
      equals('assessment', decision, ['decision']),
      equals('assessment', rule, ['rule']),
      equals('paymentIntent', intent),
      equals('paymentIntent', setup),
    ]);
  },
});
