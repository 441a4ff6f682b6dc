import type { Operation } from '../../http/operation';
import { retrieveMandate } from './retrieve';

export const mandates: Operation[] = [retrieveMandate];
