import type { Operation } from '../../http/operation';
import { cancelFillOperation } from './cancel';
import { createFill } from './create';
import { listFillsOperation } from './list';
import { retrieveFill } from './retrieve';

export const fills: Operation[] = [createFill, listFillsOperation, retrieveFill, cancelFillOperation];
