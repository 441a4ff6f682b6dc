import type { Operation } from '../../http/operation';
import { answerExperiment } from './answer';
import { assignExperiment } from './assign';
import { createExperimentOperation } from './create';
import { listExperiments } from './list';
import { promoteExperimentOperation } from './promote';
import { retrieveExperimentResults } from './results';
import { retrieveExperiment } from './retrieve';
import { startExperimentOperation } from './start';
import { stopExperimentOperation } from './stop';
import { updateExperimentOperation } from './update';

export const experiments: Operation[] = [
  createExperimentOperation,
  retrieveExperiment,
  listExperiments,
  updateExperimentOperation,
  startExperimentOperation,
  stopExperimentOperation,
  promoteExperimentOperation,
  assignExperiment,
  answerExperiment,
  retrieveExperimentResults,
];
