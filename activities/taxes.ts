import type { TaxAnswer, TaxQuestion } from '../domain/rows/tax-calculation';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';

interface TaxStep {
  /** What the plan of a commit asks. */
  questions: TaxQuestion[];
}

export function createTaxActivities({ taxProvider }: ActivityDependencies) {
  return {
    /** Calculates the tax of the invoices that a commit is about to finalize. The commit stores the answers. */
    calculateTax: ({ questions }: TaxStep): Promise<Answer<TaxAnswer[]>> =>
      answering(() =>
        Promise.all(
          questions.map(async ({ invoice, digest, input }) => ({
            ...{ invoice, digest, provider: taxProvider.name },
            lines: await taxProvider.calculate(input),
          })),
        ),
      ),
  };
}
