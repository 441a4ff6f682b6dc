import type { Operation } from '../../http/operation';
import { authenticateSetupIntent } from '../payment-intents/authenticate';
import { cancelSetupIntent } from './cancel';
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
];
