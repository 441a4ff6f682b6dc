import type { Operation } from '../../http/operation';
import { answerTaskOperation } from './answer';
import { listTasks } from './list';
import { retrieveTask } from './retrieve';

export const tasks: Operation[] = [listTasks, retrieveTask, answerTaskOperation];
