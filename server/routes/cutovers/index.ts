import type { Operation } from '../../http/operation';
import { createCutover, createCutoverWave, returnCutover } from './create';
import { listCutovers, retrieveCutover } from './read';

export const cutovers: Operation[] = [createCutoverWave, createCutover, listCutovers, retrieveCutover, returnCutover];
