/** Asks remote tax providers about sales that are not final. */
import type { SaleAnswer, SaleQuestion, TaxProblem } from '../domain/rows/tax-calculation';
import type { Seller } from './payment-gateway';
import { TaxProviderUnavailable, TaxRefused, type RemoteTaxProviders } from './tax-provider';

export type AskTaxProvider = (seller: Seller, questions: readonly SaleQuestion[]) => Promise<SaleAnswer[]>;

/** A provider that is unavailable is an answer, too: the caller is told. */
export const taxProviderAsker =
  (providers: RemoteTaxProviders): AskTaxProvider =>
  (seller, questions) =>
    Promise.all(questions.map((question) => ask(providers, seller, question)));

async function ask(providers: RemoteTaxProviders, seller: Seller, { digest, provider: name, sale }: SaleQuestion): Promise<SaleAnswer> {
  const about = { digest, provider: name };
  const provider = providers[name]?.(seller);
  if (!provider) return { ...about, problem: { kind: 'unavailable', message: `There is no key for the tax provider ${name}.` } };
  try {
    const { lines, rates, levels } = await provider.calculate(sale);
    return { ...about, lines, rates, levels };
  } catch (error) {
    return { ...about, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): TaxProblem['problem'] {
  if (error instanceof TaxRefused) return { kind: 'refused', message: error.message };
  if (error instanceof TaxProviderUnavailable) return { kind: 'unavailable', message: error.message };
  throw error;
}
