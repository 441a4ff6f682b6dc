import type { ReactNode } from 'react';
import type { ActionModel, Choice, FieldModel } from './model';

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

/** What is offered to who types, with what each value is called. */
export function Suggestions({ id, choices }: { id: string; choices: readonly Choice[] }): ReactNode {
  return (
    <datalist id={id}>
      {choices.map(({ value, label }) => (
        <option key={value} value={value} label={label} />
      ))}
    </datalist>
  );
}

function Control({ field, id }: { field: FieldModel; id: string }): ReactNode {
  const { name, type, value, options = [], suggestions = [], isRequired = false } = field;
  const of = { id, name, required: isRequired, defaultValue: value };
  if (type === 'textarea') return <textarea {...of} maxLength={5000} />;
  if (type === 'date') return <input {...of} type="date" />;
  if (type === 'number') return <input {...of} inputMode="numeric" maxLength={30} />;
  if (type !== 'select') {
    return suggestions.length === 0 ? (
      <input {...of} maxLength={500} />
    ) : (
      <>
        <input {...of} maxLength={500} list={`${id}-offers`} autoComplete="off" />
        <Suggestions id={`${id}-offers`} choices={suggestions} />
      </>
    );
  }
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
