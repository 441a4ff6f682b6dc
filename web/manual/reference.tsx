import type { ReactNode } from 'react';
import { Code, Samples } from './code';
import { ManualLayout } from './layout';
import type { ManualFrame, ObjectLink, OperationLink, OperationModel, Property, Refusal } from './model';
import { Properties } from './properties';

export function OperationPage({ frame, operation }: { frame: ManualFrame; operation: OperationModel }): ReactNode {
  const { summary, resource, parameters, unsupported, samples, answer, refusals, errorsHref } = operation;
  return (
    <ManualLayout frame={frame}>
      <p className="note">
        <a href={resource.href}>{resource.title}</a>
      </p>
      <h1>{summary}</h1>
      <Call {...operation} />
      <h2 id="example">Example</h2>
      <Samples samples={samples} />
      <h2 id="parameters">Parameters</h2>
      {parameters.length === 0 ? <p>None.</p> : <Properties properties={parameters} />}
      {unsupported.length > 0 && <Unsupported names={unsupported} />}
      <h2 id="answer">Answer</h2>
      <p>{answer.href === null ? <code>{answer.name}</code> : <a href={answer.href}>{answer.name}</a>}</p>
      {answer.example !== null && <Code code={answer.example} label="Recorded answer" />}
      <h2 id="errors">Errors</h2>
      <Refusals refusals={refusals} />
      <p>
        Every operation can also answer <a href={errorsHref}>the errors of all operations</a>.
      </p>
    </ManualLayout>
  );
}

function Call({ method, path, isOwn, scope }: OperationModel): ReactNode {
  return (
    <>
      <p className="call">
        <span className="method">{method.toUpperCase()}</span>
        <code>{path}</code>
        {isOwn && <span className="own">Dunlin’s own</span>}
      </p>
      <p className="note">
        A restricted key needs <code>{scope}</code>.
      </p>
    </>
  );
}

function Unsupported({ names }: { names: readonly string[] }): ReactNode {
  return (
    <>
      <h3 id="unsupported">Not supported</h3>
      <p>Stripe has these parameters, and Dunlin refuses them by name.</p>
      <ul className="columns">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function Refusals({ refusals }: { refusals: readonly Refusal[] }): ReactNode {
  if (refusals.length === 0) return <p>No code of its own is recorded for this operation.</p>;
  return (
    <dl className="properties">
      {refusals.map(({ code, status, message, param }) => (
        <div key={code}>
          <dt>
            <b>{code}</b>
            <span>
              {status}
              {param !== null && `, names ${param}`}
            </span>
          </dt>
          <dd>
            <p>For example: “{message}”</p>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function ResourcePage(props: { frame: ManualFrame; operations: OperationLink[]; objects: ObjectLink[] }): ReactNode {
  return (
    <ManualLayout frame={props.frame}>
      <h1>{props.frame.title}</h1>
      <h2 id="operations">Operations</h2>
      <Operations operations={props.operations} />
      {props.objects.length > 0 && <h2 id="objects">Objects</h2>}
      <Objects objects={props.objects} />
    </ManualLayout>
  );
}

function Operations({ operations }: { operations: readonly OperationLink[] }): ReactNode {
  return (
    <ul className="operations">
      {operations.map(({ method, path, summary, href }) => (
        <li key={href}>
          <a href={href}>{summary}</a>
          <span className="method">{method.toUpperCase()}</span>
          <code>{path}</code>
        </li>
      ))}
    </ul>
  );
}

function Objects({ objects }: { objects: readonly ObjectLink[] }): ReactNode {
  return (
    <ul className="columns">
      {objects.map(({ name, href }) => (
        <li key={href}>
          <a href={href}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

export function ObjectPage(props: {
  frame: ManualFrame;
  description: string | null;
  properties: Property[];
  example: string | null;
}): ReactNode {
  return (
    <ManualLayout frame={props.frame}>
      <p className="note">
        <a href="index.html#objects">Objects</a>
      </p>
      <h1>{props.frame.title}</h1>
      {props.description !== null && <p>{props.description}</p>}
      <h2 id="properties">Properties</h2>
      <Properties properties={props.properties} />
      {props.example !== null && (
        <>
          <h2 id="example">Example</h2>
          <Code code={props.example} label="Recorded example" />
        </>
      )}
    </ManualLayout>
  );
}

export function ErrorsPage(props: {
  frame: ManualFrame;
  refusals: (Refusal & { operations: OperationLink[] })[];
  examples: string[];
}): ReactNode {
  return (
    <ManualLayout frame={props.frame}>
      <h1>Errors</h1>
      <p>
        A refused call changes nothing. Its answer is an <a href="object-error.html">error</a> with a type, a message for people, mostly a
        code for programs, and the parameter at fault.
      </p>
      <h2 id="all">Errors of all operations</h2>
      <dl className="properties">
        {EVERYWHERE.map(([status, code, meaning]) => (
          <div key={code}>
            <dt>
              <b>{code}</b>
              <span>{status}</span>
            </dt>
            <dd>
              <p>{meaning}</p>
            </dd>
          </div>
        ))}
      </dl>
      <h2 id="examples">Examples</h2>
      {props.examples.map((example) => (
        <Code key={example} code={example} label="Recorded error" />
      ))}
      <h2 id="codes">Codes of single operations</h2>
      {props.refusals.map(({ code, status, message, operations }) => (
        <section key={code}>
          <h3 id={code}>
            {code} ({status})
          </h3>
          <p>For example: “{message}”</p>
          <details>
            <summary>
              Recorded for {operations.length} {operations.length === 1 ? 'operation' : 'operations'}
            </summary>
            <Operations operations={operations} />
          </details>
        </section>
      ))}
    </ManualLayout>
  );
}

const EVERYWHERE = [
  ['400', 'parameter_unknown', 'The operation has no parameter of this name.'],
  ['400', 'parameter_missing', 'A required parameter is absent.'],
  ['400', 'parameter_invalid_…', 'A value cannot be read: not an integer, empty, or out of range.'],
  ['400', 'parameter_unsupported', 'Stripe has the parameter, and Dunlin does not.'],
  ['401', 'api_key_expired', 'The key is wrong, revoked or expired. Most of these errors have no code.'],
  ['403', 'permission_error', 'The type of the error: the key may not call the operation.'],
  ['404', 'resource_missing', 'The path or a parameter names an object that does not exist in this account and mode.'],
  ['409', 'idempotency_key_in_use', 'The first request with this Idempotency-Key still runs. Repeat the call.'],
  ['400', 'idempotency_error', 'The type of the error: the Idempotency-Key was used for another request.'],
  ['409', 'lock_timeout', 'Another change of the same customer takes long. Repeat the call.'],
  ['429', 'rate_limit', 'More calls a second than the seller’s server allows. Repeat the call later.'],
  ['500, 503', 'api_error', 'The type of the error: Dunlin or its database is not well. Repeat the call with its Idempotency-Key.'],
] as const;

export function ReferencePage(props: {
  frame: ManualFrame;
  resources: { title: string; href: string; count: number }[];
  objects: ObjectLink[];
  clients: { language: string; code: string }[];
  explorer: string | null;
}): ReactNode {
  return (
    <ManualLayout frame={props.frame}>
      <h1>API reference</h1>
      <p>
        Every operation, with its parameters, its answer, its errors and a recorded call in six languages. The shapes are those of{' '}
        <code>/openapi.json</code>. See <a href="../api.html">the shapes of answers</a>.
      </p>
      {props.explorer !== null && (
        <p>
          <a href={props.explorer}>Call the API from this page</a>, in each of its releases.
        </p>
      )}
      <h2 id="clients">Clients</h2>
      <p>Use Stripe’s official SDK and set its address. The examples call what is made here.</p>
      <Samples samples={props.clients} />
      <h2 id="resources">Resources</h2>
      <ul className="columns">
        {props.resources.map(({ title, href, count }) => (
          <li key={href}>
            <a href={href}>{title}</a> <span className="note">{count}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href="errors.html">Errors</a>
      </p>
      <h2 id="objects">Objects</h2>
      <Objects objects={props.objects} />
    </ManualLayout>
  );
}
