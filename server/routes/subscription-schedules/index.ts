import type { Operation } from '../../http/operation';
import { cancelSchedule } from './cancel';
import { createSchedule } from './create';
import { listSchedules } from './list';
import { releaseSchedule } from './release';
import { retrieveSchedule } from './retrieve';
import { updateSchedule } from './update';

export const subscriptionSchedules: Operation[] = [
  cancelSchedule,
  createSchedule,
  listSchedules,
  releaseSchedule,
  retrieveSchedule,
  updateSchedule,
];
