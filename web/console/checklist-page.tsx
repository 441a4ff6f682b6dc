import type { ReactNode } from 'react';
import { Layout } from './layout';
import type { ChecklistModel } from './model';

export function ChecklistPage({ frame, groups, done, of }: ChecklistModel): ReactNode {
  return (
    <Layout frame={frame}>
      <div>
        <h1>Go live</h1>
        <p className="about">
          {frame.livemode
            ? 'What is done in live mode.'
            : 'What is done in test mode. Live mode has settings of its own: show live data to see them.'}
        </p>
      </div>
      <section className="card">
        <label htmlFor="done">
          {done} of {of} done
        </label>
        <progress id="done" value={done} max={of} />
      </section>
      {groups.map(({ title, items }) => (
        <section key={title} className="card">
          <h2>{title}</h2>
          <ul className="waiting">
            {items.map(({ title: name, help, href, isDone }) => (
              <li key={name}>
                <span className={isDone ? 'state good' : 'state waiting'}>{isDone ? 'done' : 'open'}</span>
                <span>
                  <a href={href}>{name}</a>
                  <br />
                  <span className="about">{help}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Layout>
  );
}
