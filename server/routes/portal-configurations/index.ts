import type { Operation } from '../../http/operation';
import { createPortalConfigurationOperation } from './create';
import { listPortalConfigurations } from './list';
import { retrievePortalConfiguration } from './retrieve';
import { updatePortalConfigurationOperation } from './update';

export const portalConfigurations: Operation[] = [
  createPortalConfigurationOperation,
  updatePortalConfigurationOperation,
  retrievePortalConfiguration,
  listPortalConfigurations,
];
