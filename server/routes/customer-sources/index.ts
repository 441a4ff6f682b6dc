import type { Operation } from '../../http/operation';
import { createSource } from './create';
import { deleteSource } from './delete';
import { listSources } from './list';
import { COLLECTIONS } from './paths';
import { retrieveSource } from './retrieve';
import { updateSource } from './update';

export const customerSources: Operation[] = [createSource, deleteSource, listSources, retrieveSource, updateSource].flatMap((declare) =>
  COLLECTIONS.map((collection) => declare(collection)),
);
