import { checkTaxIdAgain, recordTaxIdCheck } from '../customer/tax-id-verification';
import type { AnyStep } from '../core/steps';

export const taxIdSteps: Record<string, AnyStep> = {
  recordTaxIdCheck: { plan: recordTaxIdCheck },
  checkTaxIdAgain: { plan: checkTaxIdAgain },
};
