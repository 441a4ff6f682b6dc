import type { Operation } from '../../http/operation';
import { createFileOperation } from './create';
import { listFiles } from './list';
import { retrieveFile } from './retrieve';

export const files: Operation[] = [createFileOperation, listFiles, retrieveFile];
