import type { Operation } from '../../http/operation';
import { listDisputeRates } from './rates';
import { retrieveDisputeReport } from './report';

export const disputeReports: Operation[] = [listDisputeRates, retrieveDisputeReport];
