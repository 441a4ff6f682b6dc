import type { Operation } from '../../http/operation';
import { createTaxIdOperation } from './create';
import { deleteTaxIdOperation } from './delete';
import { listTaxIds } from './list';
import { retrieveTaxId } from './retrieve';

export const taxIds: Operation[] = [createTaxIdOperation, deleteTaxIdOperation, listTaxIds, retrieveTaxId];
