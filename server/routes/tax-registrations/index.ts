import type { Operation } from '../../http/operation';
import { createTaxRegistration } from './create';
import { listTaxRegistrationsOperation } from './list';
import { retrieveTaxRegistration } from './retrieve';
import { updateTaxRegistration } from './update';

export const taxRegistrations: Operation[] = [
  createTaxRegistration,
  listTaxRegistrationsOperation,
  retrieveTaxRegistration,
  updateTaxRegistration,
];
