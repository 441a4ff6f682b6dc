import type { ReactNode } from 'react';
import { Layout } from './layout';
import type { SearchModel } from './model';

export function SearchPage({ frame, query, results }: SearchModel): ReactNode {
  return (
    <Layout frame={frame}>
      <h1>{query === '' ? 'Search' : `Search: ${query}`}</h1>
      <section className="card results" data-results="">
        {results.length === 0 && <p className="empty">Nothing was found. Names and e-mails are looked up from three letters on.</p>}
        {results.map(({ group, items }) => (
          <section key={group}>
            <h2>{group}</h2>
            <ul>
              {items.map(({ title, note, href }) => (
                <li key={href}>
                  <a href={href}>{title}</a> <span className="about">{note}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </section>
    </Layout>
  );
}
