import type { ReactNode } from 'react';
import { MovementsChart } from './chart';
import { Actions } from './forms';
import { Layout } from './layout';
import type { ObjectModel, Progress, Step } from './model';
import { DataTable, isWide, Value } from './table';

export function ObjectPage(model: ObjectModel): ReactNode {
  const { frame, heading, parent, id, state, links, actions, chart, timeline, isUnderWay } = model;
  const [narrow, wide] = [model.tables.filter(({ table }) => !isWide(table)), model.tables.filter(({ table }) => isWide(table))];
  return (
    <Layout frame={frame} isUnderWay={isUnderWay}>
      <div className="heading">
        <div>
          <p className="about">
            <a href={parent.href}>{parent.title}</a>
          </p>
          <h1>{heading}</h1>
          <p className="about">
            <code>{id}</code>
          </p>
        </div>
        {state !== null && state.text !== '' && <Value cell={state} />}
        <div className="buttons">
          {links.map(({ label, href }) => (
            <a key={label} className="button" href={href}>
              {label}
            </a>
          ))}
        </div>
      </div>
      <div className={actions.length > 0 || timeline !== null ? 'two' : 'two alone'}>
        <div>
          <Facts {...model} />
          {chart !== null && (
            <section className="card">
              <h2>{chart.title}</h2>
              <MovementsChart chart={chart} isTold={model.tables.length > 0} />
            </section>
          )}
          <Tables tables={narrow} />
          {wide.length === 0 && <Everything {...model} />}
        </div>
        <div>
          {actions.length > 0 && (
            <section className="card">
              <h2>What you can do</h2>
              <Actions actions={actions} csrf={frame.csrf} />
            </section>
          )}
          {timeline !== null && <Timeline steps={timeline} />}
        </div>
      </div>
      <Tables tables={wide} />
      {wide.length > 0 && <Everything {...model} />}
    </Layout>
  );
}

/** Wide ones stand below the two columns of the page, where they have its whole width. */
function Tables({ tables }: Pick<ObjectModel, 'tables'>): ReactNode {
  return tables.map(({ heading, table, more, csv }) => (
    <section key={heading} className="card">
      <h2>{heading}</h2>
      <DataTable table={table} />
      {more !== null && (
        <p className="pages">
          <a href={more}>All of them</a>
        </p>
      )}
      {csv !== null && (
        <p className="pages">
          <a href={csv}>Download CSV</a>
        </p>
      )}
    </section>
  ));
}

function Facts({ facts, progress }: ObjectModel): ReactNode {
  return (
    <section className="card">
      <h2>At a glance</h2>
      {progress !== null && <ProgressBar {...progress} />}
      <dl className="facts">
        {facts.map(({ label, cell }) => [
          <dt key={`${label}-name`}>{label}</dt>,
          <dd key={label}>
            <Value cell={cell} />
          </dd>,
        ])}
      </dl>
    </section>
  );
}

function ProgressBar({ done, of }: Progress): ReactNode {
  return (
    <p>
      <label htmlFor="progress">
        {String(done)} of {String(of)}
      </label>
      <progress id="progress" value={done} max={of} />
    </p>
  );
}

/** What is planned stands above what was done: the next step is the last of the planned ones. */
function Timeline({ steps }: { steps: readonly Step[] }): ReactNode {
  return (
    <section className="card">
      <h2>Timeline</h2>
      {steps.length === 0 && <p className="empty">Nothing has happened yet.</p>}
      <ol className="timeline">
        {steps.map(({ at, text, isPlanned, workflow }, index) => (
          <li key={index} className={isPlanned ? 'planned' : ''}>
            <time>
              {isPlanned && <b>Planned: </b>}
              {at}
            </time>
            {text} {workflow?.href !== undefined && <a href={workflow.href}>Open</a>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Everything({ fields, json }: ObjectModel): ReactNode {
  return (
    <section className="card">
      <details className="more">
        <summary>Everything the API says</summary>
        <div className="scroll">
          <table>
            <caption className="unseen">Properties</caption>
            <thead>
              <tr>
                <th scope="col">Property</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ label, depth, cell }, index) => (
                <tr key={index}>
                  <th scope="row" style={{ paddingInlineStart: `${String(depth)}rem` }}>
                    <code>{label}</code>
                  </th>
                  <td>{cell !== null && cell.text !== '' && <Value cell={cell} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <details className="more">
        <summary>As JSON</summary>
        <pre tabIndex={0}>{json}</pre>
      </details>
    </section>
  );
}
