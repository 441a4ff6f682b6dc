import type { Operation } from '../../http/operation';
import { createCustomerOperation } from './create';
import { createCustomerBalanceTransaction } from './create-balance-transaction';
import { createCustomerDiscount } from './create-discount';
import { createCustomerTaxId } from './create-tax-id';
import { deleteCustomerOperation } from './delete';
import { deleteCustomerDiscount } from './delete-discount';
import { deleteCustomerTaxId } from './delete-tax-id';
import { eraseCustomerOperation } from './erase';
import { listCustomers } from './list';
import { listCustomerBalanceTransactions } from './list-balance-transactions';
import { listCustomerPaymentMethods } from './list-payment-methods';
import { listCustomerTaxIds } from './list-tax-ids';
import { listCustomerSubscriptions } from './list-subscriptions';
import { retrievePersonalData } from './personal-data';
import { retrieveCustomer } from './retrieve';
import { retrieveCashBalance } from './retrieve-cash-balance';
import { retrieveCustomerSubscription } from './retrieve-subscription';
import { retrieveCustomerBalanceTransaction } from './retrieve-balance-transaction';
import { retrieveCustomerDiscount } from './retrieve-discount';
import { retrieveCustomerPaymentMethod } from './retrieve-payment-method';
import { retrieveCustomerTaxId } from './retrieve-tax-id';
import { createCustomerSubscription, customerSubscriptionOperations, retrieveCustomerSubscriptionDiscount } from './subscriptions';
import { updateCustomerOperation } from './update';
import { retrieveCustomerUsage } from './usage';
import { updateCustomerBalanceTransaction } from './update-balance-transaction';

export const customers: Operation[] = [
  createCustomerOperation,
  createCustomerBalanceTransaction,
  createCustomerDiscount,
  createCustomerSubscription,
  createCustomerTaxId,
  deleteCustomerOperation,
  deleteCustomerDiscount,
  deleteCustomerTaxId,
  eraseCustomerOperation,
  ...customerSubscriptionOperations,
  listCustomers,
  listCustomerBalanceTransactions,
  listCustomerPaymentMethods,
  listCustomerSubscriptions,
  listCustomerTaxIds,
  retrieveCashBalance,
  retrieveCustomerSubscription,
  retrieveCustomerSubscriptionDiscount,
  retrieveCustomer,
  retrieveCustomerBalanceTransaction,
  retrieveCustomerDiscount,
  retrieveCustomerPaymentMethod,
  retrieveCustomerUsage,
  retrieveCustomerTaxId,
  retrievePersonalData,
  updateCustomerOperation,
  updateCustomerBalanceTransaction,
];
