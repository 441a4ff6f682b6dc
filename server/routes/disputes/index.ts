import type { Operation } from '../../http/operation';
import { closeDispute } from './close';
import { listDisputes } from './list';
import { retrieveDispute } from './retrieve';
import { retrieveDisputeAnswer } from './retrieve-answer';
import { updateDispute } from './update';
import { updateDisputeAnswer } from './update-answer';

export const disputes: Operation[] = [
  closeDispute,
  listDisputes,
  retrieveDispute,
  retrieveDisputeAnswer,
  updateDispute,
  updateDisputeAnswer,
];
