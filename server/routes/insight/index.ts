import type { Operation } from '../../http/operation';
import { listMrrMovements } from './list-movements';
import { retrieveCohorts } from './retrieve-cohorts';
import { retrieveInsightSummary } from './retrieve-summary';
import { retrieveMrr } from './retrieve-mrr';

export const insight: Operation[] = [retrieveInsightSummary, retrieveMrr, retrieveCohorts, listMrrMovements];
