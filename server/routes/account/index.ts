import type { Operation } from '../../http/operation';
import { retrieveAccount } from './retrieve';
import { retrieveAccountSettings } from './retrieve-settings';
import { updateAccountSettings } from './update-settings';

export const account: Operation[] = [retrieveAccount, retrieveAccountSettings, updateAccountSettings];
