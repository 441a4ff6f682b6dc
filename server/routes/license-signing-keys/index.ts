import type { Operation } from '../../http/operation';
import { listLicenseSigningKeys } from './list';
import { rotateLicenseSigningKey } from './rotate';

export const licenseSigningKeys: Operation[] = [rotateLicenseSigningKey, listLicenseSigningKeys];
