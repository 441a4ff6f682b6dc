import type { Operation } from '../../http/operation';
import { closeDispute } from './close';
import { createDisputeDocuments } from './create-documents';
import { listDisputes } from './list';
import { DISPUTE_PATHS } from './paths';
import { retrieveDispute } from './retrieve';
import { retrieveDisputeAnswer } from './retrieve-answer';
import { updateDispute } from './update';
import { updateDisputeAnswer } from './update-answer';

export const disputes: Operation[] = [
  createDisputeDocuments,
  listDisputes,
  retrieveDisputeAnswer,
  updateDisputeAnswer,
  ...DISPUTE_PATHS.flatMap((path) => [closeDispute(path), retrieveDispute(path), updateDispute(path)]),
];
