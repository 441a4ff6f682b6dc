import type { Operation } from '../../http/operation';
import { deleteLicenseActivation } from './delete-activation';
import { listLicenseActivations } from './list-activations';
import { listLicenses } from './list';
import { retrieveLicense } from './retrieve';
import { revokeLicenseOperation } from './revoke';

export const licenses: Operation[] = [
  listLicenses,
  retrieveLicense,
  revokeLicenseOperation,
  listLicenseActivations,
  deleteLicenseActivation,
];
