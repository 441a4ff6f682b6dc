import { toExperimentArm } from '../../../objects/experiment';
import { experimentArm } from '../../../objects/shapes/experiment';
import { assignOnlooker } from '../../experiments/assign';
import { atLeastOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import * as references from '../../writes/references';
import { visitor } from '../../schemas/visitor';

/**
 * Says which arm a visitor or a customer sees. Call it when you show the price: the first call for somebody counts as the first sight, and
 * every later one gives the same answer.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const assignExperiment = operation({
  method: 'post',
  path: '/v1/experiments/:experiment/assignments',
  summary: 'Assign a visitor to an arm',
  tag: 'Experiments',
  own: true,
  parameters: parameters({ customer: id().optional(), visitor: visitor().optional() }),
  answer: experimentArm,
  async handle(request) {
    atLeastOne(request.parameters, ['visitor', 'customer']);
    const { customer = null, visitor: name = null } = request.parameters;
    const experiment = request.pathId('experiment');
    if (customer !== null) await references.checkReferences(request, [references.customerNamed(customer)]);
    const { arm, assignment } = await assignOnlooker(request, experiment, { visitor: name, customer });
    return { body: toExperimentArm(experiment, arm, assignment?.id ?? null) };
  },
});
