import type { Operation } from '../../http/operation';
import { eraseGuestOperation } from './erase';

export const guests: Operation[] = [eraseGuestOperation];
