import type { Operation } from '../../operation';
import { createCustomerOperation } from './create';
import { createCustomerBalanceTransaction } from './create-balance-transaction';
import { createCustomerDiscount } from './create-discount';
import { deleteCustomerOperation } from './delete';
import { deleteCustomerDiscount } from './delete-discount';
import { listCustomers } from './list';
import { listCustomerBalanceTransactions } from './list-balance-transactions';
import { listCustomerPaymentMethods } from './list-payment-methods';
import { retrieveCustomer } from './retrieve';
import { retrieveCustomerBalanceTransaction } from './retrieve-balance-transaction';
import { retrieveCustomerDiscount } from './retrieve-discount';
import { retrieveCustomerPaymentMethod } from './retrieve-payment-method';
import { updateCustomerOperation } from './update';
import { updateCustomerBalanceTransaction } from './update-balance-transaction';

export const customers: Operation[] = [
  createCustomerOperation,
  createCustomerBalanceTransaction,
  createCustomerDiscount,
  deleteCustomerOperation,
  deleteCustomerDiscount,
  listCustomers,
  listCustomerBalanceTransactions,
  listCustomerPaymentMethods,
  retrieveCustomer,
  retrieveCustomerBalanceTransaction,
  retrieveCustomerDiscount,
  retrieveCustomerPaymentMethod,
  updateCustomerOperation,
  updateCustomerBalanceTransaction,
];
