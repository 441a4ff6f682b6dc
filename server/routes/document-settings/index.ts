import type { Operation } from '../../http/operation';
import { retrieveDocumentSettings } from './retrieve';
import { updateDocumentSettings } from './update';

export const documentSettings: Operation[] = [retrieveDocumentSettings, updateDocumentSettings];
