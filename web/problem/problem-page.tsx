import type { ReactNode } from 'react';
import { brandingOf } from '../../domain/checkout/branding';
import { Document } from '../components/document';
import type { Locale } from '../words/languages';
import { PROBLEMS, type PageProblem } from '../words/problem';

/** Nobody's: an address without a page has no seller. */
const NEUTRAL = brandingOf({ name: '' }, undefined);

/** What a person sees where a page was asked for and there is none. */
export function ProblemPage({ locale: { language, tag }, problem }: { locale: Locale; problem: PageProblem }): ReactNode {
  const [title, note] = PROBLEMS[language][problem];
  return (
    <Document lang={tag} title={title} branding={NEUTRAL}>
      <main className="portal">
        <section className="card">
          <h1>{title}</h1>
          <p>{note}</p>
        </section>
      </main>
    </Document>
  );
}
