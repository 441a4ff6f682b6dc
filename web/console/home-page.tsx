import type { ReactNode } from 'react';
import { MovementsChart } from './chart';
import { Actions } from './forms';
import { Layout } from './layout';
import type { HomeModel } from './model';

/** What one can choose; nothing if there is no choice. */
function Tabs({ label, tabs }: { label: string; tabs: HomeModel['clocks'] }): ReactNode {
  if (tabs.length < 2) return null;
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ label: name, href, isCurrent }) => (
        <a key={href} href={href} {...(isCurrent ? { 'aria-current': 'page' as const } : {})}>
          {name}
        </a>
      ))}
    </nav>
  );
}

export function HomePage({ frame, clocks, currencies, firstRun, tiles, chart, waiting }: HomeModel): ReactNode {
  return (
    <Layout frame={frame}>
      <h1>Overview</h1>
      <Tabs label="Whose figures" tabs={clocks} />
      <Tabs label="In which currency" tabs={currencies} />
      {firstRun !== null && (
        <section className="card">
          <h2>Your sandbox is empty</h2>
          <p className="about">
            <a href="/console/go-live">Go live</a> lists what to do before the first sale.
            {firstRun.length > 0 && ' Or look around first, with a company that is made up.'}
          </p>
          <Actions actions={firstRun} csrf={frame.csrf} />
        </section>
      )}
      {tiles.length > 0 && (
        <div className="tiles">
          {tiles.map(({ label, value, note, href }) => (
            <a key={label} className="card tile" href={href}>
              <span>{label}</span>
              <strong>{value}</strong>
              <span>{note}</span>
            </a>
          ))}
        </div>
      )}
      <div className="two">
        {chart !== null && (
          <section className="card">
            <h2>{chart.title}</h2>
            <MovementsChart chart={chart} />
          </section>
        )}
        <section className="card">
          <h2>Waiting for a person</h2>
          <ul className="waiting">
            {waiting.map(({ label, count, help, href, tone }) => (
              <li key={label}>
                <span className={`state ${tone}`}>{count}</span>
                <span>
                  <a href={href}>{label}</a>
                  <br />
                  <span className="about">{help}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Layout>
  );
}
