import type { Operation } from '../../http/operation';
import { retrieveBrandingSettings } from './retrieve';
import { updateBrandingSettings } from './update';

export const brandingSettings: Operation[] = [retrieveBrandingSettings, updateBrandingSettings];
