import type { Operation } from '../../http/operation';
import { fulfillCustomerRequest } from './fulfill';
import { listCustomerRequests } from './list';
import { refuseCustomerRequest } from './refuse';
import { retrieveCustomerRequest } from './retrieve';
import { updateCustomerRequest } from './update';

export const customerRequests: Operation[] = [
  listCustomerRequests,
  retrieveCustomerRequest,
  updateCustomerRequest,
  fulfillCustomerRequest,
  refuseCustomerRequest,
];
