import type { Operation } from '../../operation';
import { listEventsOperation } from './list';
import { retrieveEvent } from './retrieve';

export const events: Operation[] = [listEventsOperation, retrieveEvent];
