import type { Operation } from '../../http/operation';
import { listOperatorActionsOperation } from './list-actions';
import { listProcessorsOperation } from './list';
import { pauseProcessorOperation } from './pause';
import { resumeProcessorOperation } from './resume';
import { retrieveProcessor } from './retrieve';

export const processors: Operation[] = [
  listProcessorsOperation,
  retrieveProcessor,
  pauseProcessorOperation,
  resumeProcessorOperation,
  listOperatorActionsOperation,
];
