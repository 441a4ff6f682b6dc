import type { ReactNode } from 'react';
import { LINK_SECONDS, PASSWORD_MAX, PASSWORD_MIN } from '../../domain/authorization/logins';
import { brandingOf } from '../../domain/checkout/branding';
import { Document } from '../components/document';
import { Field } from '../components/field';

/**
 * `login`: the form. `setup`: the form of a one-time link, which sets the password. `expired`: that link does not work any more. `forgotten`:
 * how to get another. `foreign`: a form came from another site. `problem`: why there is no page, or nothing was done.
 */
export type ConsoleLoginView =
  | { name: 'login'; back: string; email: string; problem: LoginProblem | null; note: 'loggedOut' | null }
  | { name: 'setup'; email: string | null; entered: string; problem: SetupProblem | null }
  | { name: 'expired' }
  | { name: 'forgotten' }
  | { name: 'foreign' }
  | { name: 'problem'; text: string };

export type LoginProblem = 'refused';
export type SetupProblem = 'short' | 'long' | 'address' | 'different' | 'email' | 'taken';

const PROBLEMS: Record<LoginProblem | SetupProblem, string> = {
  refused: 'You are not logged in. The e-mail address or the password is wrong, or there were too many attempts: then wait 15 minutes.',
  short: `Choose a password of at least ${String(PASSWORD_MIN)} characters.`,
  long: `Choose a password of at most ${String(PASSWORD_MAX)} characters.`,
  address: 'Choose a password that is not your e-mail address.',
  different: 'The two passwords are not the same.',
  email: 'Enter an e-mail address.',
  taken: 'This e-mail address belongs to another user.',
};

const TITLES: Record<ConsoleLoginView['name'], string> = {
  login: 'Log in',
  setup: 'Set your password',
  expired: 'This link does not work any more',
  forgotten: 'Forgotten password',
  foreign: 'Send the form again',
  problem: 'This did not work',
};

const NEUTRAL = brandingOf({ name: 'Dunlin' }, undefined);
const LOGIN = '/console/login';
const HOME = '/console';

/** The pages of the console for somebody who is not logged in, and for what is no page. They work without script. */
export function ConsoleLoginPage({ action, view }: { action: string; view: ConsoleLoginView }): ReactNode {
  const title = TITLES[view.name];
  return (
    <Document lang="en" title={`${title} – Dunlin`} branding={NEUTRAL}>
      <main className="portal">
        <h1>Dunlin</h1>
        <section className="card">
          <h2>{title}</h2>
          <Content action={action} view={view} />
        </section>
      </main>
    </Document>
  );
}

function Content({ action, view }: { action: string; view: ConsoleLoginView }): ReactNode {
  if (view.name === 'login') return <LoginForm action={action} view={view} />;
  if (view.name === 'setup') return <SetupForm action={action} view={view} />;
  if (view.name === 'forgotten') return <Forgotten />;
  if (view.name === 'problem') return <Told text={view.text} to={HOME} label="To the console" />;
  return <Told text={view.name === 'foreign' ? FOREIGN : EXPIRED} to={LOGIN} label="Log in" />;
}

function Told({ text, to, label }: { text: string; to: string; label: string }): ReactNode {
  return (
    <>
      <p role="alert">{text}</p>
      <p>
        <a href={to}>{label}</a>
      </p>
    </>
  );
}

const FOREIGN = 'The form did not come from this page. Open the page again, and send it once more.';
const EXPIRED = `A link works once, for ${String(LINK_SECONDS / 86_400)} days, and until the next one is made. Ask an owner of your account for another.`;

function Problem({ problem }: { problem: LoginProblem | SetupProblem | null }): ReactNode {
  return problem === null ? null : (
    <p className="problem" role="alert">
      {PROBLEMS[problem]}
    </p>
  );
}

function LoginForm({ action, view }: { action: string; view: Extract<ConsoleLoginView, { name: 'login' }> }): ReactNode {
  return (
    <form method="post" action={action} className="fields">
      {view.note === 'loggedOut' && <p role="status">You are logged out.</p>}
      <Problem problem={view.problem} />
      <input type="hidden" name="back" value={view.back} />
      <Field label="E-mail address" name="email" type="email" autoComplete="username" defaultValue={view.email} required />
      <Field label="Password" name="password" type="password" autoComplete="current-password" maxLength={PASSWORD_MAX} required />
      <button className="primary">Log in</button>
      <p className="note">
        <a href="/console/forgotten">Forgotten password</a>
      </p>
    </form>
  );
}

function SetupForm({ action, view }: { action: string; view: Extract<ConsoleLoginView, { name: 'setup' }> }): ReactNode {
  const length = { minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX };
  return (
    <form method="post" action={action} className="fields">
      <Problem problem={view.problem} />
      <Field
        {...{ label: 'E-mail address', name: 'email', type: 'email', autoComplete: 'username', required: true }}
        {...(view.email === null ? { defaultValue: view.entered } : { value: view.email, readOnly: true })}
      />
      <Field label="New password" name="password" type="password" autoComplete="new-password" {...length} required />
      <Field label="New password again" name="again" type="password" autoComplete="new-password" {...length} required />
      <p className="note">
        At least {PASSWORD_MIN} characters. A few random words are easy to remember. You are logged out everywhere else.
      </p>
      <button className="primary">Set the password and log in</button>
    </form>
  );
}

function Forgotten(): ReactNode {
  return (
    <>
      <p>Ask an owner of your account for a link. With it you set a new password.</p>
      <p>
        If there is no other owner, whoever runs this Dunlin makes a link with <code>npm run account -- link you@example.com</code>.
      </p>
      <p>
        <a href={LOGIN}>Back to the login</a>
      </p>
    </>
  );
}
