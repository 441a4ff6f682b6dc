import type { Operation } from '../../http/operation';
import { findTaxAssociation } from './find';

export const taxAssociations: Operation[] = [findTaxAssociation];
