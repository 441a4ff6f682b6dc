import type { Operation } from '../../http/operation';
import { createCreditGrantOperation } from './create';
import { expireCreditGrantOperation } from './expire';
import { listCreditGrants } from './list';
import { retrieveCreditGrant } from './retrieve';
import { updateCreditGrantOperation } from './update';
import { voidCreditGrantOperation } from './void';

export const creditGrants: Operation[] = [
  createCreditGrantOperation,
  expireCreditGrantOperation,
  listCreditGrants,
  retrieveCreditGrant,
  updateCreditGrantOperation,
  voidCreditGrantOperation,
];
