import type { ReactNode } from 'react';
import type { ActionModel, FieldModel } from './model';

/** @param isPlain where a field may always be left empty, it does not say so */
export function Field({ field, id, isPlain = false }: { field: FieldModel; id: string; isPlain?: boolean }): ReactNode {
  const { name, label, type, value, isRequired = false } = field;
  if (type === 'checkbox') {
    return (
      <label className="check">
        <input type="checkbox" name={name} defaultChecked={value === 'on'} /> {label}
      </label>
    );
  }
  return (
    <div>
      <label htmlFor={id}>
        {label}
        {isRequired || isPlain ? '' : ' (optional)'}
      </label>
      <Control field={field} id={id} />
    </div>
  );
}

function Control({ field: { name, type, value, options = [], isRequired = false }, id }: { field: FieldModel; id: string }): ReactNode {
  const of = { id, name, required: isRequired, defaultValue: value };
  if (type === 'textarea') return <textarea {...of} maxLength={5000} />;
  if (type === 'date') return <input {...of} type="date" />;
  if (type === 'number') return <input {...of} inputMode="numeric" maxLength={30} />;
  if (type !== 'select') return <input {...of} maxLength={500} />;
  return (
    <select {...of}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** What may be done here. Each form unfolds, says what it does, and makes one request. */
export function Actions({ actions, csrf }: { actions: readonly ActionModel[]; csrf: string }): ReactNode {
  return (
    <div className="actions">
      {actions.map(({ name, label, help, isDangerous, fields, submission, href, isOpen }) => (
        <details key={name} className={isDangerous ? 'danger' : ''} open={isOpen}>
          <summary>{label}</summary>
          <form method="post" action={href}>
            <p>{help}</p>
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="submission" value={submission} />
            {fields.map((field) => (
              <Field key={field.name} field={field} id={`${name}-${field.name}`} />
            ))}
            <div>
              <button className={isDangerous ? 'danger' : 'primary'}>{label}</button>
            </div>
          </form>
        </details>
      ))}
    </div>
  );
}
