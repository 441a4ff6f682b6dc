import type { Operation } from '../../http/operation';
import { createApiKey } from './create';
import { listApiKeysOperation } from './list';
import { retrieveApiKey } from './retrieve';
import { revokeApiKeyOperation } from './revoke';
import { rollApiKey } from './roll';

export const apiKeys: Operation[] = [createApiKey, listApiKeysOperation, retrieveApiKey, revokeApiKeyOperation, rollApiKey];
