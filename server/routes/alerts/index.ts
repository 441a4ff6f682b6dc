import type { Operation } from '../../http/operation';
import { activateAlertOperation } from './activate';
import { archiveAlertOperation } from './archive';
import { createAlertOperation } from './create';
import { deactivateAlertOperation } from './deactivate';
import { listAlerts } from './list';
import { retrieveAlert } from './retrieve';

export const alerts: Operation[] = [
  activateAlertOperation,
  archiveAlertOperation,
  createAlertOperation,
  deactivateAlertOperation,
  listAlerts,
  retrieveAlert,
];
