import type { Operation } from '../../http/operation';
import { createPortalSessionOperation } from './create';

export const portalSessions: Operation[] = [createPortalSessionOperation];
