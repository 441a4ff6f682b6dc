import type { Operation } from '../../http/operation';
import { approveOneReview } from './approve';
import { createReview } from './create';
import { listReviews } from './list';
import { retrieveReview } from './retrieve';
import { updateReview } from './update';

export const reviews: Operation[] = [createReview, retrieveReview, listReviews, approveOneReview, updateReview];
