import type { Operation } from '../../http/operation';
import { retrieveTaxSettings } from './retrieve';
import { updateTaxSettings } from './update';

export const taxSettings: Operation[] = [retrieveTaxSettings, updateTaxSettings];
