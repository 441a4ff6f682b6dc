import type { ReactNode } from 'react';
import { Head } from '../components/document';
import { ProblemNote } from '../components/problem-note';
import type { Frame, Notice } from './model';
import { CONSOLE_STYLES } from './styles';

interface LayoutProps {
  frame: Frame;
  isUnderWay?: boolean;
  /** Besides the console's own. */
  scripts?: readonly string[];
  children: ReactNode;
}

/** The frame of every page of the console. It works without script; the script adds a palette, sorting and a live view. */
export function Layout({ frame, isUnderWay = false, scripts = [], children }: LayoutProps): ReactNode {
  const { title, seller, notice } = frame;
  return (
    <html lang="en">
      <Head
        title={`${title} – ${seller}`}
        styles={CONSOLE_STYLES}
        icon="data:,"
        isLookingAgain={isUnderWay}
        scripts={['/console.js', ...scripts]}
      />
      <body>
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <Top {...frame} />
        <div className="frame">
          <Places {...frame} />
          <main id="main">
            {notice !== null && <Told notice={notice} csrf={frame.csrf} />}
            {children}
          </main>
        </div>
      </body>
    </html>
  );
}

/** What the last form has done, or why it has not: whoever reads by ear hears it first, because it has the focus. */
function Told({ notice: { kind, text, inTestData }, csrf }: { notice: Notice; csrf: string }): ReactNode {
  if (kind === 'problem') return <ProblemNote className="notice problem">{text}</ProblemNote>;
  return (
    <>
      <p className="notice" role="status" tabIndex={-1} autoFocus>
        {text}
      </p>
      {inTestData && (
        <form method="post" action="/console/mode">
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="mode" value="test" />
          <input type="hidden" name="back" value={inTestData.href} />
          <button>{inTestData.label}</button>
        </form>
      )}
    </>
  );
}

function Top({ seller, user, role, livemode, csrf, query }: Frame): ReactNode {
  return (
    <header className="top">
      <b>{seller}</b>
      <form role="search" action="/console/search">
        <label className="unseen" htmlFor="q">
          Search
        </label>
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={query}
          maxLength={200}
          placeholder="Search: a name, an e-mail, a number, an id"
        />
      </form>
      <div className="who">
        <form method="post" action="/console/mode">
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="mode" value={livemode ? 'test' : 'live'} />
          <span className={livemode ? 'mode live' : 'mode'}>{livemode ? 'Live' : 'Test mode'}</span>{' '}
          <button className="link">{livemode ? 'Show test data' : 'Show live data'}</button>
        </form>
        <a href="/console/me">
          {user}, {role.replaceAll('_', ' ')}
        </a>
        <form method="post" action="/console/logout">
          <input type="hidden" name="csrf" value={csrf} />
          <button className="link">Log out</button>
        </form>
      </div>
    </header>
  );
}

function Places({ groups }: Frame): ReactNode {
  const inside = (
    <div className="inside">
      {groups.map(({ title, items }) => (
        <section key={title}>
          {title !== '' && <h2>{title}</h2>}
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
  );
  return (
    <nav className="places" aria-label="Places">
      <details data-folds="">
        <summary>All places</summary>
        {inside}
      </details>
      <noscript>{inside}</noscript>
    </nav>
  );
}
