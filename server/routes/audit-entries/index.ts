import type { Operation } from '../../http/operation';
import { listAuditEntriesOperation } from './list';

export const auditEntries: Operation[] = [listAuditEntriesOperation];
