import type { Operation } from '../../http/operation';
import { createMeterOperation } from './create';
import { deactivateMeterOperation } from './deactivate';
import { listMeterEventSummaries } from './event-summaries';
import { listMeters } from './list';
import { reactivateMeterOperation } from './reactivate';
import { retrieveMeter } from './retrieve';
import { updateMeter } from './update';

export const meters: Operation[] = [
  createMeterOperation,
  deactivateMeterOperation,
  listMeterEventSummaries,
  listMeters,
  reactivateMeterOperation,
  retrieveMeter,
  updateMeter,
];
