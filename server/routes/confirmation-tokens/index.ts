import type { Operation } from '../../http/operation';
import { createConfirmationToken } from './create';
import { retrieveConfirmationToken } from './retrieve';

export const confirmationTokens: Operation[] = [createConfirmationToken, retrieveConfirmationToken];
