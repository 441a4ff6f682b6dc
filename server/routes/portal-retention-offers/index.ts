import type { Operation } from '../../http/operation';
import { listRetentionOffers } from './list';

export const portalRetentionOffers: Operation[] = [listRetentionOffers];
