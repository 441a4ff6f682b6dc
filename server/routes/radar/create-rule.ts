import { createRule } from '../../../domain/fraud/rules';
import { operation } from '../../http/operation';
import { boolean, metadata, parameters } from '../../http/parameters';
import { loadRules, lockOf, readKnownRule, rule } from './rule-facts';

/**
 * Adds a fraud rule in Radar's syntax: `Block if :card_country: = 'XX'`. It counts from the next charge. With
 * `shadow` it only records where it matches.
 *
 * @throws BillingError parameter_missing, parameter_invalid (with the character of the mistake), too_many_items
 */
export const createRadarRule = operation({
  method: 'post',
  path: '/v1/radar/rules',
  summary: 'Create a fraud rule',
  tag: 'Radar',
  own: true,
  parameters: parameters({ active: boolean().optional(), metadata: metadata().optional(), rule: rule(), shadow: boolean().optional() }),
  shows: 'radarRule',
  async handle(request) {
    const read = await readKnownRule(request, request.parameters.rule);
    await request.change({
      step: 'createRadarRule',
      customer: null,
      subject: lockOf(request),
      load: (tx) => loadRules(tx, request),
      plan: (changes) => {
        createRule(changes, read, request.parameters);
      },
    });
    return { kind: 'radarRule', key: request.newIdIn(lockOf(request), 'rrl') };
  },
});
