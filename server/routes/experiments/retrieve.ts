import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves an experiment.
 *
 * @throws BillingError resource_missing
 */
export const retrieveExperiment = operation({
  method: 'get',
  path: '/v1/experiments/:experiment',
  summary: 'Retrieve an experiment',
  tag: 'Experiments',
  own: true,
  parameters: parameters({}),
  shows: 'experiment',
  handle: async (request) => {
    const { id } = await request.find('experiment', request.pathId('experiment'));
    return { kind: 'experiment', key: id };
  },
});
