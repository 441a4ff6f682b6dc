import { updateExperiment } from '../../../domain/experiment/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { changeExperiment } from './change';
import { referencesOf, updateShape } from './schemas';

/**
 * Changes an experiment. Arms and window are those of a draft; they stay once it is started.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const updateExperimentOperation = operation({
  method: 'post',
  path: '/v1/experiments/:experiment',
  summary: 'Update an experiment',
  tag: 'Experiments',
  own: true,
  parameters: parameters(updateShape),
  shows: 'experiment',
  async handle(request) {
    const named = await checkReferences(request, referencesOf(request.parameters.arms));
    return changeExperiment(request, {
      step: 'updateExperiment',
      load: () => Promise.resolve(named),
      plan: (changes, id) => {
        updateExperiment(changes, id, request.parameters);
      },
    });
  },
});
