import { z } from 'zod';
import { LIMITS } from '../../../domain/core/limits';

/** `dimension_filters[model]=large`: up to 10 dimensions, each with the one value that counts. */
export const dimensionFilters = z.record(z.string(), z.string()).superRefine((value, context) => {
  if (Object.keys(value).length > LIMITS.dimensionFilters.max)
    context.addIssue({ code: 'custom', message: `At most ${String(LIMITS.dimensionFilters.max)} dimensions can be filtered by.` });
  for (const [key, each] of Object.entries(value)) {
    if (each === '') context.addIssue({ code: 'custom', message: 'A filter needs a value.', path: [key] });
  }
});
