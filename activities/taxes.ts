import type { TaxAnswer, TaxQuestion } from '../domain/rows/tax-calculation';
import type { TaxProviders } from '../gateways/tax-provider';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';

interface TaxStep {
  /** What the plan of a commit asks. */
  questions: TaxQuestion[];
}

export function createTaxActivities({ taxProviders }: ActivityDependencies) {
  return {
    /** Calculates the tax of the invoices that a commit is about to finalize. The commit stores the answers. */
    calculateTax: ({ questions }: TaxStep): Promise<Answer<TaxAnswer[]>> =>
      answering(() => Promise.all(questions.map((question) => answerOf(taxProviders, question)))),
  };
}

/** The rates are left out if there are none, to keep histories short. */
async function answerOf({ automatic, manual }: TaxProviders, { invoice, digest, input }: TaxQuestion): Promise<TaxAnswer> {
  const provider = input.automatic ? automatic : manual;
  const { lines, rates } = await provider.calculate(input);
  return { invoice, digest, provider: provider.name, lines, ...(rates.length > 0 ? { rates } : {}) };
}
