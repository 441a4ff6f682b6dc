import type { Operation } from '../../http/operation';
import { closeDispute } from './close';
import { listDisputes } from './list';
import { retrieveDispute } from './retrieve';
import { updateDispute } from './update';

export const disputes: Operation[] = [closeDispute, listDisputes, retrieveDispute, updateDispute];
