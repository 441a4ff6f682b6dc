import type { ReactNode } from 'react';
import { TASKS, type Party, type Responsibilities as Settings } from '../../domain/rows/account';
import type { Language } from '../words/languages';
import { RESPONSIBILITIES, type ResponsibilityWords } from '../words/responsibilities';

interface ResponsibilitiesProps {
  language: Language;
  seller: string;
  settings: Settings;
}

/** Who is responsible for what, as the seller's settings say. */
export function Responsibilities({ language, seller, settings }: ResponsibilitiesProps): ReactNode {
  const words = RESPONSIBILITIES[language];
  return (
    <section className="card" aria-labelledby="responsibilities">
      <h2 id="responsibilities">{words.responsible}</h2>
      <dl className="halves">
        {TASKS.map((task) => (
          <Duty key={task} task={words.tasks[task]} party={nameOf(settings.tasks[task], seller, settings, words)} />
        ))}
      </dl>
    </section>
  );
}

function Duty({ task, party }: { task: string; party: string }): ReactNode {
  return (
    <>
      <dt>{task}</dt>
      <dd className="amount">{party}</dd>
    </>
  );
}

function nameOf(party: Party, seller: string, settings: Settings, words: ResponsibilityWords): string {
  switch (party) {
    case 'seller':
      return seller;
    case 'processor':
      return settings.processor ?? words.processor;
    case 'merchant_of_record':
      return settings.merchant_of_record ?? words.merchantOfRecord;
  }
}
