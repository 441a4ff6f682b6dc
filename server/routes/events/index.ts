import type { Operation } from '../../http/operation';
import { listEventsOperation } from './list';
import { retrieveEvent } from './retrieve';

export const events: Operation[] = [listEventsOperation, retrieveEvent];
