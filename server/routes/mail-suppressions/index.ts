import type { Operation } from '../../http/operation';
import { createMailSuppression } from './create';
import { deleteMailSuppression } from './delete';
import { listMailSuppressions } from './list';

export const mailSuppressions: Operation[] = [createMailSuppression, listMailSuppressions, deleteMailSuppression];
