import type { ReactNode } from 'react';
import type { Property } from './model';

/** Parameters of a call, or properties of an object. Those inside others unfold. */
export function Properties({ properties }: { properties: readonly Property[] }): ReactNode {
  return (
    <dl className="properties">
      {properties.map((property) => (
        <div key={property.name}>
          <dt>
            <b>{property.name}</b>
            <span>
              {property.href === null ? property.type : <a href={property.href}>{property.type}</a>}
              {property.isRequired && ', required'}
            </span>
          </dt>
          <dd>
            {property.description !== null && <p>{property.description}</p>}
            {property.values.length > 0 && <Values values={property.values} />}
            {property.properties.length > 0 && (
              <details>
                <summary>Properties of {property.name}</summary>
                <Properties properties={property.properties} />
              </details>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Values({ values }: { values: readonly string[] }): ReactNode {
  return (
    <p>
      {values.flatMap((value, index) => [
        ...(index === 0 ? [] : [index === values.length - 1 ? ' or ' : ', ']),
        <code key={value}>{value}</code>,
      ])}
    </p>
  );
}
