import type { Operation } from '../../http/operation';
import { createPaymentEvaluation } from './create-payment-evaluation';
import { createRadarBacktest } from './create-backtest';
import { createRadarRule } from './create-rule';
import { createRadarValueList } from './create-value-list';
import { createRadarValueListItem } from './create-value-list-item';
import { deleteRadarValueList } from './delete-value-list';
import { deleteRadarValueListItem } from './delete-value-list-item';
import { listEarlyFraudWarnings } from './list-early-fraud-warnings';
import { listRadarDecisions } from './list-decisions';
import { listRadarRules } from './list-rules';
import { listRadarValueListItems } from './list-value-list-items';
import { listRadarValueLists } from './list-value-lists';
import { retrieveEarlyFraudWarning } from './retrieve-early-fraud-warning';
import { radarReport } from './report';
import { reportPaymentOutcome } from './report-payment-outcome';
import { retrievePaymentEvaluation } from './retrieve-payment-evaluation';
import { retrieveRadarRule } from './retrieve-rule';
import { retrieveRadarValueList } from './retrieve-value-list';
import { retrieveRadarValueListItem } from './retrieve-value-list-item';
import { updateRadarRule } from './update-rule';
import { updateRadarValueList } from './update-value-list';

export const radar: Operation[] = [
  createRadarRule,
  retrieveRadarRule,
  updateRadarRule,
  listRadarRules,
  listRadarDecisions,
  createRadarBacktest,
  radarReport,
  listEarlyFraudWarnings,
  retrieveEarlyFraudWarning,
  createPaymentEvaluation,
  retrievePaymentEvaluation,
  reportPaymentOutcome,
  createRadarValueList,
  retrieveRadarValueList,
  updateRadarValueList,
  deleteRadarValueList,
  listRadarValueLists,
  createRadarValueListItem,
  retrieveRadarValueListItem,
  deleteRadarValueListItem,
  listRadarValueListItems,
];
