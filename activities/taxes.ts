import { saleTo, withCredits } from '../domain/line/remote-taxes';
import { buyerHash } from '../domain/line/automatic-tax';
import type { CalculatedTax, RemoteTaxTerms, TaxAnswer, TaxProblem, TaxQuestion } from '../domain/rows/tax-calculation';
import { findTaxBuyer } from '../db/tax-buyers';
import { LOCAL_TAXES, TaxProviderUnavailable, TaxRefused } from '../gateways/tax-provider';
import { answering, type Answer } from './answers';
import { outside } from './call-gateway';
import type { ActivityDependencies } from './dependencies';
import { failure } from './failures';

interface TaxStep {
  /** What the plan of a commit asks. */
  questions: TaxQuestion[];
}

/** A question to a remote provider, with its terms. */
interface RemoteTaxStep {
  question: TaxQuestion;
  remote: RemoteTaxTerms;
}

export function createTaxActivities(deps: ActivityDependencies) {
  return {
    /** Calculates the tax of the invoices that a commit is about to finalize. The commit stores the answers. */
    calculateTax: ({ questions }: TaxStep): Promise<Answer<TaxAnswer[]>> => answering(() => Promise.resolve(questions.map(answerOf))),

    /** The same by a remote provider, for one invoice. It changes nothing at the provider. */
    calculateRemoteTax: (step: RemoteTaxStep): Promise<TaxAnswer> => outside(() => askProvider(deps, step)),
  };
}

/** The rates are left out if there are none, to keep histories short. */
function answerOf({ invoice, digest, input }: TaxQuestion): CalculatedTax {
  const provider = input.automatic ? LOCAL_TAXES.automatic : LOCAL_TAXES.manual;
  const { lines, rates } = provider.calculate(input);
  return { invoice, digest, provider: provider.name, lines, ...(rates.length > 0 ? { rates } : {}) };
}

/** @throws ApplicationFailure if the provider is unavailable */
async function askProvider(deps: ActivityDependencies, { question, remote }: RemoteTaxStep): Promise<TaxAnswer> {
  const { invoice, digest, input } = question;
  const about = { invoice, digest, provider: remote.provider };
  const buyer = await findTaxBuyer(deps.sql, remote);
  const sale = saleTo(buyer, input);
  // The next plan of the commit sees the new address, and asks again.
  if (buyerHash(sale.buyer.address, buyer.taxIds) !== remote.buyer) return { ...about, problem: CHANGED };
  const provider = deps.taxProviders[remote.provider]?.(buyer.customer);
  if (!provider) throw failure('tax_provider_unusable', `This worker has no key for the tax provider ${remote.provider}.`);
  try {
    const { lines, rates, calculations } = await provider.calculate(sale);
    return { ...about, lines: withCredits(input, lines), rates, calculations };
  } catch (error) {
    if (error instanceof TaxRefused) return { ...about, problem: { kind: 'refused', message: error.message } };
    throw failureOf(error);
  }
}

const CHANGED: TaxProblem['problem'] = { kind: 'unavailable', message: 'The customer has just changed.' };

function failureOf(error: unknown): unknown {
  if (!(error instanceof TaxProviderUnavailable)) return error;
  return failure(error.isPassing ? 'tax_provider_unavailable' : 'tax_provider_unusable', error.message);
}
