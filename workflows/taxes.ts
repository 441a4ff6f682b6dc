/** The tax of what a commit is about to finalize: by Dunlin itself within the workflow task, by a remote provider on the provider's own queue. */
import { ActivityFailure, ApplicationFailure, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { RemoteTaxTerms, TaxAnswer, TaxQuestion } from '../domain/rows/tax-calculation';
import { TAX_PROVIDER, TAX_PROVIDER_ONCE } from './activity-options';
import { taxTaskQueue } from './contract';
import { answered, type FinalAnswer } from './local';

const provider = proxyActivities<Activities>(TAX_PROVIDER);

/** Answers every question. A provider that is unavailable is an answer, too: the commit decides what becomes of the invoice. */
export async function calculateTax(questions: TaxQuestion[]): Promise<FinalAnswer<TaxAnswer[]>> {
  const own = questions.filter(({ input }) => !input.automatic?.remote);
  const local = own.length > 0 ? await answered<TaxAnswer[]>('calculateTax', { questions: own }, summaryOf(own)) : NOTHING_ASKED;
  if (local.outcome === 'failed') return local;
  const remote = questions.flatMap((question) => {
    const terms = question.input.automatic?.remote;
    return terms ? [askProvider(question, terms)] : [];
  });
  return { outcome: 'answered', value: [...local.value, ...(await Promise.all(remote))] };
}

const NOTHING_ASKED: FinalAnswer<TaxAnswer[]> = { outcome: 'answered', value: [] };

const summaryOf = (questions: TaxQuestion[]): string => `tax on ${questions.map(({ invoice }) => invoice).join(', ')}`;

async function askProvider(question: TaxQuestion, remote: RemoteTaxTerms): Promise<TaxAnswer> {
  const { invoice, digest, isRepeated = false } = question;
  const { provider: name } = remote;
  const where = { taskQueue: taxTaskQueue(workflowInfo().taskQueue, name), summary: `tax by ${name} on ${invoice}` };
  const options = isRepeated ? { ...TAX_PROVIDER_ONCE, ...where } : { ...TAX_PROVIDER, ...where };
  try {
    return await provider.calculateRemoteTax.executeWithOptions(options, [{ question, remote }]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { invoice, digest, provider: name, problem: { kind: 'unavailable', message: wordsOf(error, name) } };
  }
}

/** The reason as the activity reports it, which has no personal data. */
export function wordsOf({ cause }: ActivityFailure, name: string): string {
  const isReported = cause instanceof ApplicationFailure && cause.type?.startsWith('tax_provider_') === true;
  return isReported ? cause.message : `The tax provider ${name} did not answer in time.`;
}
