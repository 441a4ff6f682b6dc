import type { Operation } from '../../http/operation';
import { listAccounts } from './list-accounts';
import { retrieveAccount } from './retrieve';
import { retrieveAccountById } from './retrieve-by-id';
import { retrieveAccountSettings } from './retrieve-settings';
import { updateAccountSettings } from './update-settings';

export const account: Operation[] = [listAccounts, retrieveAccount, retrieveAccountById, retrieveAccountSettings, updateAccountSettings];
