import type { Operation } from '../../http/operation';
import { createFileLinkOperation } from './create';
import { listFileLinks } from './list';
import { retrieveFileLink } from './retrieve';
import { updateFileLinkOperation } from './update';

export const fileLinks: Operation[] = [createFileLinkOperation, listFileLinks, retrieveFileLink, updateFileLinkOperation];
