import type { Operation } from '../../http/operation';
import { listMargins } from './list';

export const margins: Operation[] = [listMargins];
