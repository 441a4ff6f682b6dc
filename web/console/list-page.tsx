import type { ReactNode } from 'react';
import { Actions, Suggestions } from './forms';
import { Layout } from './layout';
import type { Filter, ListModel } from './model';
import { DataTable } from './table';

export function ListPage(model: ListModel): ReactNode {
  const { frame, heading, about, filters, table, isSorted, newer, older, csv, actions } = model;
  return (
    <Layout frame={frame}>
      <div className="heading">
        <div>
          <h1>{heading}</h1>
          <p className="about">{about}</p>
        </div>
        <div className="buttons">
          <a className="button" href={csv}>
            Download CSV
          </a>
        </div>
      </div>
      {actions.length > 0 && <Actions actions={actions} csrf={frame.csrf} />}
      {filters.length > 0 && <Filters filters={filters} />}
      <section className="card" aria-label={heading}>
        <DataTable table={table} />
        {(newer !== null || older !== null) && (
          <nav className="pages" aria-label="Pages">
            {newer !== null && (
              <a className="button" href={newer}>
                {isSorted ? 'Previous' : 'Newer'}
              </a>
            )}
            {older !== null && (
              <a className="button" href={older}>
                {isSorted ? 'Next' : 'Older'}
              </a>
            )}
          </nav>
        )}
      </section>
    </Layout>
  );
}

function Filters({ filters }: { filters: readonly Filter[] }): ReactNode {
  return (
    <form className="filters" role="search" aria-label="Filter">
      {filters.map(({ name, label, value, type, options, suggestions }) => (
        <div key={name}>
          <label htmlFor={`filter-${name}`}>{label}</label>
          {options === null ? (
            <>
              <input
                id={`filter-${name}`}
                name={name}
                type={type}
                defaultValue={value}
                maxLength={200}
                {...(suggestions.length > 0 ? { list: `offers-${name}`, autoComplete: 'off' } : {})}
              />
              {suggestions.length > 0 && <Suggestions id={`offers-${name}`} choices={suggestions} />}
            </>
          ) : (
            <select id={`filter-${name}`} name={name} defaultValue={value}>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          )}
        </div>
      ))}
      <button>Filter</button>
    </form>
  );
}
