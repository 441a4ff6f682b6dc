import type { Operation } from '../../http/operation';
import { listSetupAttempts } from './list';

export const setupAttempts: Operation[] = [listSetupAttempts];
