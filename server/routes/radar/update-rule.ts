import { updateRule } from '../../../domain/fraud/rules';
import { operation } from '../../http/operation';
import { boolean, metadata, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { loadRules, lockOf, readKnownRule, rule } from './rule-facts';

/**
 * Changes a rule, which makes another version of it, or turns it off and on (`active`). Charges that are on their way keep what was decided.
 *
 * @throws BillingError resource_missing, parameter_invalid (with the character of the mistake), too_many_items
 */
export const updateRadarRule = operation({
  method: 'post',
  path: '/v1/radar/rules/:rule',
  summary: 'Update a fraud rule',
  tag: 'Radar',
  own: true,
  parameters: parameters({
    active: boolean().optional(),
    metadata: metadata().optional(),
    rule: rule().optional(),
    shadow: boolean().optional(),
  }),
  shows: 'radarRule',
  async handle(request) {
    const { id } = await request.find('radarRule', request.pathId('rule'));
    const source = request.parameters.rule;
    const read = source === undefined ? null : await readKnownRule(request, source);
    await request.change({
      step: 'updateRadarRule',
      customer: null,
      subject: lockOf(request),
      load: (tx) => loadRules(tx, request),
      plan: (changes) => {
        present(changes, 'radarRule', id);
        updateRule(changes, id, read, request.parameters);
      },
    });
    return { kind: 'radarRule', key: id };
  },
});
