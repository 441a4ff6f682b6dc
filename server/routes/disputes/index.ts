import type { Operation } from '../../http/operation';
import { closeDispute } from './close';
import { createDisputeDocuments } from './create-documents';
import { listDisputes } from './list';
import { retrieveDispute } from './retrieve';
import { retrieveDisputeAnswer } from './retrieve-answer';
import { updateDispute } from './update';
import { updateDisputeAnswer } from './update-answer';

export const disputes: Operation[] = [
  closeDispute,
  createDisputeDocuments,
  listDisputes,
  retrieveDispute,
  retrieveDisputeAnswer,
  updateDispute,
  updateDisputeAnswer,
];
