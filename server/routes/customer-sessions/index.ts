import type { Operation } from '../../http/operation';
import { createCustomerSessionOperation } from './create';

export const customerSessions: Operation[] = [createCustomerSessionOperation];
