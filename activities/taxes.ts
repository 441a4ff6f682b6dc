import { preview } from '../db/commit';
import { keepTaxCalculation } from '../db/tax-calculations';
import { digestOf, type TaxInput } from '../domain/line/tax-input';
import { taxInputOf } from '../domain/invoice/tax';
import { sumOf } from '../domain/money/money';
import { workflowId } from '../domain/rows/workflow';
import { snapshot } from '../objects';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';
import { loadStepFacts, scopeOf, type StepOf } from './step-facts';

/** The step that will finalize the draft, with the commit key of its commit. */
export interface TaxStep extends StepOf {
  commitKey: string;
}

/** The sum of a draft's taxes, in minor units. */
export interface CalculatedTax {
  invoice: string;
  tax: number;
  currency: string;
}

export function createTaxActivities(deps: ActivityDependencies) {
  return {
    /** Calculates the tax of a draft before its finalization, and stores it as a row. Null if the invoice is no longer a draft. */
    calculateTax: (step: TaxStep): Promise<Answer<CalculatedTax | null>> =>
      answering(async (signal) => {
        const invoice = step.target ?? step.entity.subject;
        const asked = await questionOf(deps, step, invoice);
        if (asked === null) return null;
        const lines = await deps.taxProvider.calculate(asked);
        signal.throwIfAborted();
        const answer = { provider: deps.taxProvider.name, digest: digestOf(asked), currency: asked.currency, lines };
        await keepTaxCalculation(deps.sql, { invoice, ...scopeOf(step.entity), created: step.now, ...answer });
        return { invoice, tax: sumOf(lines.flatMap(({ taxes }) => taxes.map(({ amount }) => amount))), currency: asked.currency };
      }),
  };
}

/** Plans the finalization without writing it. Its commit key is used here too, so that both plans give new rows the same ids. */
async function questionOf(deps: ActivityDependencies, step: TaxStep, invoice: string): Promise<TaxInput | null> {
  const { entity, commitKey, now } = step;
  const input = {
    ...{ step: step.step, commitKey, now, secret: deps.secret, scope: scopeOf(entity), customer: entity.customer },
    render: snapshot,
    workflow: workflowId(entity.kind, entity.subject),
  };
  let asked: TaxInput | null = null;
  await preview(deps.sql, input, async (tx) => ({
    facts: await loadStepFacts(tx, step, null),
    request: null,
    plan: (changes) => {
      deps.guardPlanning({ entity, step: step.step, commitKey }, () => {
        asked = taxInputOf(changes, invoice);
      });
    },
  }));
  return asked;
}
