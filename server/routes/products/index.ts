import type { Operation } from '../../http/operation';
import { createProductOperation } from './create';
import { deleteProductOperation } from './delete';
import { listProducts } from './list';
import { retrieveProduct } from './retrieve';
import { updateProductOperation } from './update';

export const products: Operation[] = [
  createProductOperation,
  deleteProductOperation,
  listProducts,
  retrieveProduct,
  updateProductOperation,
];
