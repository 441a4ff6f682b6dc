import type { Operation } from '../../http/operation';
import { createProductFeature } from './create';
import { deleteProductFeature } from './delete';
import { listProductFeatures } from './list';
import { retrieveProductFeature } from './retrieve';

export const productFeatures: Operation[] = [createProductFeature, listProductFeatures, retrieveProductFeature, deleteProductFeature];
