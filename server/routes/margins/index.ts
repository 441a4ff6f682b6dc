import type { Operation } from '../../operation';
import { listMargins } from './list';

export const margins: Operation[] = [listMargins];
