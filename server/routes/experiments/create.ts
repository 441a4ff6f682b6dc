import { createExperiment } from '../../../domain/experiment/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { createShape, referencesOf } from './schemas';

/**
 * Makes a draft of an experiment: a control, and one arm or more that replace prices or the page. Nobody sees it before it is started.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const createExperimentOperation = operation({
  method: 'post',
  path: '/v1/experiments',
  summary: 'Create an experiment',
  tag: 'Experiments',
  own: true,
  parameters: parameters(createShape),
  shows: 'experiment',
  async handle(request) {
    const rows = await checkReferences(request, referencesOf(request.parameters.arms));
    await request.change({
      step: 'createExperiment',
      customer: null,
      load: () => Promise.resolve(rows),
      plan: (changes) => {
        createExperiment(changes, request.parameters);
      },
    });
    return { kind: 'experiment', key: request.newId('exp') };
  },
});
