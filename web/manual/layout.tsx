import type { ReactNode } from 'react';
import type { ManualFrame, NavigationGroup } from './model';

/** The frame of every page of the manual. It can be read without script; the script searches, copies, and remembers a language. */
export function ManualLayout({ frame, children }: { frame: ManualFrame; children: ReactNode }): ReactNode {
  const { title, base } = frame;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – Dunlin`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={`${base}manual.css`} />
        <script src={`${base}minisearch.js`} defer />
        <script src={`${base}manual.js`} defer />
      </head>
      <body data-base={base}>
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <header className="top">
          <a href={`${base}index.html`}>Dunlin</a>
          <a href={`${base}reference/index.html`}>API reference</a>
          <form role="search" action={`${base}search.html`}>
            <label className="unseen" htmlFor="q">
              Search the documentation
            </label>
            <input id="q" name="q" type="search" maxLength={200} placeholder="Search (press /)" autoComplete="off" />
            <button>Search</button>
          </form>
        </header>
        <div className="frame">
          <Places groups={frame.groups} />
          <main id="main">{children}</main>
        </div>
      </body>
    </html>
  );
}

/** Open without script; the script folds it on a phone. */
function Places({ groups }: { groups: NavigationGroup[] }): ReactNode {
  return (
    <nav className="places" aria-label="Documentation">
      <details data-folds="" open>
        <summary>All pages</summary>
        <div className="inside">
          {groups.map(({ title, items }) => (
            <section key={title}>
              <h2>{title}</h2>
              <ul>
                {items.map(({ title: name, href, isCurrent }) => (
                  <li key={href}>
                    <a href={href} {...(isCurrent ? { 'aria-current': 'page' as const } : {})}>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </details>
    </nav>
  );
}

const FEW = 3;

/** The sections of a long page. */
export function Sections({ headings }: Pick<ManualFrame, 'headings'>): ReactNode {
  if (headings.length <= FEW) return null;
  return (
    <details className="sections">
      <summary>On this page</summary>
      <ul>
        {headings.map(({ text, anchor }) => (
          <li key={anchor}>
            <a href={`#${anchor}`}>{text}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}
