import type { ReactNode } from 'react';
import { ProblemNote } from '../components/problem-note';
import { MovementsChart } from './chart';
import { Field } from './forms';
import { Layout } from './layout';
import type { ReportModel } from './model';
import { DataTable } from './table';

export function ReportPage({ frame, heading, about, fields, problem, hint, chart, tables, csv }: ReportModel): ReactNode {
  return (
    <Layout frame={frame}>
      <div className="heading">
        <div>
          <h1>{heading}</h1>
          <p className="about">{about}</p>
        </div>
        {csv !== null && (
          <div className="buttons">
            <a className="button" href={csv}>
              Download CSV
            </a>
          </div>
        )}
      </div>
      <form className="filters" aria-label="Report">
        {fields.map((field) => (
          <Field key={field.name} field={field} id={field.name} isPlain />
        ))}
        <button className="primary">Show</button>
      </form>
      <ProblemNote className="notice problem">{problem}</ProblemNote>
      {hint !== null && (
        <section className="card">
          <p className="empty">{hint}</p>
        </section>
      )}
      {chart !== null && (
        <section className="card">
          <h2>{chart.title}</h2>
          <MovementsChart chart={chart} isTold={tables.length > 0} />
        </section>
      )}
      {tables.map(({ heading: title, table }) => (
        <section key={title} className="card">
          <h2>{title}</h2>
          <DataTable table={table} />
        </section>
      ))}
    </Layout>
  );
}
