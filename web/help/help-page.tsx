import type { ReactNode } from 'react';
import { Document } from '../components/document';
import { Responsibilities } from '../components/responsibilities';
import { Seller } from '../components/seller';
import { SUPPORT } from '../words/support';
import type { HelpModel } from './model';

/** A help page: a search, a guide or the list of them, and who is responsible for what. It works without script. */
export function HelpPage(model: HelpModel): ReactNode {
  const { locale, branding, guide, responsibilities } = model;
  const words = SUPPORT[locale.language];
  return (
    <Document lang={locale.tag} title={`${guide?.title ?? words.title} – ${branding.display_name}`} branding={branding}>
      <main className="portal">
        <Seller branding={branding} />
        <Search {...model} />
        {model.results !== null && <Results {...model} />}
        {guide !== null && <Guide {...guide} />}
        <Guides {...model} />
        {responsibilities !== null && (
          <Responsibilities language={locale.language} seller={branding.display_name} settings={responsibilities} />
        )}
      </main>
    </Document>
  );
}

function Search({ locale, query, of }: HelpModel): ReactNode {
  const words = SUPPORT[locale.language];
  return (
    <form role="search" action="/help" className="card">
      {Object.entries(of).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor="q">{words.search}</label>
      <div className="row">
        <input id="q" name="q" type="search" defaultValue={query} maxLength={200} />
        <button>{words.search}</button>
      </div>
    </form>
  );
}

function Results({ locale, results, of }: HelpModel): ReactNode {
  const words = SUPPORT[locale.language];
  return (
    <section className="card" aria-labelledby="results">
      <h2 id="results">{words.results}</h2>
      {results?.length === 0 && <p className="note">{words.nothing}</p>}
      <ul className="lines">
        {results?.map(({ guide, anchor, heading, excerpt }) => (
          <li key={`${guide}#${anchor}`}>
            <a href={`${addressOf(guide, of)}${anchor === '' ? '' : `#${anchor}`}`}>{heading}</a>
            <p className="note">{excerpt}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Guide({ title, html }: { title: string; html: string }): ReactNode {
  return (
    <article className="card guide">
      <h2>{title}</h2>
      <div dangerouslySetInnerHTML={{ __html: html }} />
    </article>
  );
}

function Guides({ locale, guides, of }: HelpModel): ReactNode {
  return (
    <nav className="card" aria-labelledby="guides">
      <h2 id="guides">{SUPPORT[locale.language].guides}</h2>
      <ul className="features">
        {guides.map(({ name, title }) => (
          <li key={name}>
            <a href={addressOf(name, of)}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function addressOf(guide: string, of: HelpModel['of']): string {
  const query = new URLSearchParams(of).toString();
  return `/help/${guide}${query === '' ? '' : `?${query}`}`;
}
