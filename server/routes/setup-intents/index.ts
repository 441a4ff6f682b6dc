import type { Operation } from '../../http/operation';
import { authenticateSetupIntent } from '../payment-intents/authenticate';
import { cancelSetupIntent } from './cancel';
import { verifySetupMicrodeposits } from '../payment-intents/verify-microdeposits';
import { confirmSetupIntent } from './confirm';
import { createSetupIntent } from './create';
import { listSetupIntents } from './list';
import { retrieveSetupIntent } from './retrieve';
import { updateSetupIntentOperation } from './update';

export const setupIntents: Operation[] = [
  authenticateSetupIntent,
  cancelSetupIntent,
  confirmSetupIntent,
  createSetupIntent,
  listSetupIntents,
  retrieveSetupIntent,
  updateSetupIntentOperation,
  verifySetupMicrodeposits,
];
