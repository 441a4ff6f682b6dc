import { loadRows } from '../../../db/related';
import { startExperiment } from '../../../domain/experiment/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeExperiment } from './change';

/**
 * Starts a draft: from now on, visitors are assigned to its arms.
 *
 * @throws BillingError resource_missing, parameter_invalid unless it is a draft, and where a price has become inactive
 */
export const startExperimentOperation = operation({
  method: 'post',
  path: '/v1/experiments/:experiment/start',
  summary: 'Start an experiment',
  tag: 'Experiments',
  own: true,
  parameters: parameters({}),
  shows: 'experiment',
  async handle(request) {
    const { arms } = await request.find('experiment', request.pathId('experiment'));
    const prices = arms.flatMap((arm) => arm.prices.flatMap(({ price, replacement }) => [price, replacement]));
    return changeExperiment(request, {
      step: 'startExperiment',
      load: (tx) => loadRows(tx, 'price', request.scope, prices),
      plan: startExperiment,
    });
  },
});
