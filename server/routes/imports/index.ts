import type { Operation } from '../../http/operation';
import { createImportOperation } from './create';
import { cancelImport, listImportedObjects, listImportsOperation, retrieveImport } from './read';

export const imports: Operation[] = [createImportOperation, retrieveImport, listImportsOperation, cancelImport, listImportedObjects];
