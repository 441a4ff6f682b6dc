import type { Operation } from '../../http/operation';
import { createMeterEventAdjustment } from './adjust';
import { createMeterEventAdjustmentInV2 } from './adjust-in-v2';
import { createMeterEvent } from './create';
import { createMeterEventInV2 } from './create-in-v2';
import { createMeterEventSession } from './create-session';
import { retrieveV2Event } from './retrieve-report';
import { streamMeterEvents } from './stream';

export const meterEvents: Operation[] = [
  createMeterEvent,
  createMeterEventAdjustment,
  createMeterEventAdjustmentInV2,
  createMeterEventInV2,
  createMeterEventSession,
  retrieveV2Event,
  streamMeterEvents,
];
