import { LIMITS } from '../../domain/core/limits';
import { text } from '../http/parameters';

/** A name for a browser: letters, digits, dots, dashes, underscores and colons. */
export const visitor = () =>
  text({ max: LIMITS.visitorName.max }).regex(
    VISITOR,
    'Invalid visitor: only letters (a-z, A-Z), digits (0-9), dots, dashes, underscores and colons are allowed',
  );
const VISITOR = /^[A-Za-z0-9._:-]*$/;
