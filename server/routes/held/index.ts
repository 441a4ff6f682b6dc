import type { Operation } from '../../http/operation';
import { listHeldOperation } from './list';
import { releaseHeldOperation } from './release';
import { retrieveHeldOperation } from './retrieve';

export const held: Operation[] = [listHeldOperation, releaseHeldOperation, retrieveHeldOperation];
