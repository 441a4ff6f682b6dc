import type { Operation } from '../../http/operation';
import { createToken } from './create';
import { retrieveToken } from './retrieve';

export const tokens: Operation[] = [createToken, retrieveToken];
