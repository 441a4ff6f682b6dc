import { Rows } from '../../../domain/rows/rows';
import { stopExperiment } from '../../../domain/experiment/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeExperiment } from './change';

/**
 * Stops a running experiment: everybody sees the control again. Results stay, and an arm can still be promoted.
 *
 * @throws BillingError resource_missing, parameter_invalid unless it is running
 */
export const stopExperimentOperation = operation({
  method: 'post',
  path: '/v1/experiments/:experiment/stop',
  summary: 'Stop an experiment',
  tag: 'Experiments',
  own: true,
  parameters: parameters({}),
  shows: 'experiment',
  handle: (request) => changeExperiment(request, { step: 'stopExperiment', load: () => Promise.resolve(new Rows()), plan: stopExperiment }),
});
