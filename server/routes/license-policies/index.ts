import type { Operation } from '../../http/operation';
import { createLicensePolicyOperation } from './create';
import { listLicensePolicies } from './list';
import { retrieveLicensePolicy } from './retrieve';
import { updateLicensePolicyOperation } from './update';

export const licensePolicies: Operation[] = [
  createLicensePolicyOperation,
  listLicensePolicies,
  retrieveLicensePolicy,
  updateLicensePolicyOperation,
];
