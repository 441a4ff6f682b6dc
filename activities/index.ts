import { createCommitActivities } from './commit';
import { createCutoverActivities } from './cutovers';
import type { ActivityDependencies } from './dependencies';
import { createDisputeActivities } from './disputes';
import { createFillActivities } from './fills';
import { createForecastActivities } from './forecasts';
import { createFraudActivities } from './fraud';
import { createHoldActivities } from './held';
import { createImportActivities } from './imports';
import { createMailActivities } from './mails';
import { createPaymentActivities } from './payments';
import { ProcessorHealth } from './processor-health';
import { createReconciliationActivities } from './reconciliation';
import { createRefundActivities } from './refunds';
import { createRepairActivities } from './repairs';
import { createShadowActivities } from './shadow-invoices';
import { createTaxIdActivities } from './tax-ids';
import { createTaxRecordActivities } from './tax-records';
import { createTaxActivities } from './taxes';
import { createTestClockActivities } from './test-clocks';
import { createWebhookActivities } from './webhooks';

/** All activities, by name. */
export function createActivities(deps: ActivityDependencies) {
  const calling = { ...deps, health: new ProcessorHealth(deps.sql) };
  return {
    ...createCommitActivities(deps),
    ...createHoldActivities(deps),
    ...createTaxActivities(deps),
    ...createTaxRecordActivities(deps),
    ...createTaxIdActivities(deps),
    ...createFraudActivities(deps),
    ...createPaymentActivities(calling),
    ...createRefundActivities(calling),
    ...createDisputeActivities(calling),
    ...createReconciliationActivities(calling),
    ...createRepairActivities(deps),
    ...createImportActivities(calling),
    ...createShadowActivities(calling),
    ...createCutoverActivities(calling),
    ...createMailActivities(deps),
    ...createWebhookActivities(deps),
    ...createTestClockActivities(deps),
    ...createForecastActivities(deps),
    ...createFillActivities(deps),
  };
}

export type Activities = ReturnType<typeof createActivities>;
