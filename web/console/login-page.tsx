import type { ReactNode } from 'react';
import { PASSWORD_MAX, PASSWORD_MIN, RESET_SECONDS } from '../../domain/authorization/logins';
import type { SignOnRefusal } from '../../domain/authorization/single-sign-on';
import { brandingOf } from '../../domain/checkout/branding';
import { Document } from '../components/document';
import { Field } from '../components/field';
import { ProblemNote } from '../components/problem-note';

/**
 * `login`: the form. `setup`: the form of a one-time link, which sets the password. `expired`: that link does not work any more. `forgotten`:
 * how to get another. `mailed`: one may be on its way. `notSignedOn`: single sign-on has not led to a login. `foreign`: a form came from another
 * site. `problem`: why there is no page, or nothing was done; `again` is the address at which to try again, and `request` the number by which
 * the failure is found in the log.
 */
export type ConsoleLoginView =
  | { name: 'login'; back: string; email: string; problem: LoginProblem | null; note: 'loggedOut' | null; ways: LoginWays }
  | { name: 'setup'; email: string | null; entered: string; problem: SetupProblem | null }
  | { name: 'expired' }
  | { name: 'forgotten'; hasProblem: boolean }
  | { name: 'mailed' }
  | { name: 'foreign' }
  | { name: 'notSignedOn'; why: SignOnProblem; request: string }
  | { name: 'problem'; text: string; again: string | null; request: string | null };

/** How one can log in besides by password. */
export interface LoginWays {
  passkey: boolean;
  signOn: boolean;
}

/** `over`: the login has ended already, or belongs to another browser. */
export type SignOnProblem = SignOnRefusal | 'denied' | 'over' | 'unavailable' | 'untrusted';

export type LoginProblem = 'passkey' | 'refused';
type PasswordProblem = 'short' | 'long' | 'address' | 'different';
export type SetupProblem = PasswordProblem | 'email' | 'taken';

export const PASSWORD_PROBLEMS: Record<PasswordProblem, string> = {
  short: `Choose a password of at least ${String(PASSWORD_MIN)} characters.`,
  long: `Choose a password of at most ${String(PASSWORD_MAX)} characters.`,
  address: 'Choose a password that is not your e-mail address.',
  different: 'The two passwords are not the same.',
};

const PROBLEMS: Record<LoginProblem | SetupProblem, string> = {
  ...PASSWORD_PROBLEMS,
  passkey:
    'You are not logged in. The passkey is not known here, was removed, or the login took too long. Try again, or log in in another way.',
  refused: 'You are not logged in. The e-mail address or the password is wrong, or there were too many attempts: then wait 15 minutes.',
  email: 'Enter an e-mail address.',
  taken: 'This e-mail address belongs to another user.',
};

const NOT_SIGNED_ON: Record<SignOnProblem, string> = {
  denied: 'Your provider has not let you in, or you have stopped the login there. Try again, or ask who looks after the provider.',
  disabled: 'Your user is disabled here. Ask an owner of your account.',
  lastOwner:
    'Your provider gives you another role, but you are the last owner with a password. Log in by password and make somebody else an owner first.',
  noRole: 'Your provider gives you no role here. Ask who looks after the provider to put you into a group that has one.',
  otherIdentity:
    'Another identity of your provider belongs to the user with your e-mail address already. Ask an owner of your account for a new link: setting a password by it separates them.',
  over: 'This login is over, or was begun in another browser. A login has to be finished within ten minutes, and works once. Begin again.',
  unavailable: 'Your provider does not answer at the moment. Try again in a minute, or log in by password.',
  unknown: 'No user here has your e-mail address. Ask an owner of your account to invite you.',
  untrusted: 'The answer of your provider does not belong to this login, has expired, or is not its own. Begin again.',
  unverified: 'Your provider has not confirmed that the e-mail address is yours. Confirm it there, and log in again.',
};

const TITLES: Record<ConsoleLoginView['name'], string> = {
  login: 'Log in',
  setup: 'Set your password',
  expired: 'This link does not work any more',
  forgotten: 'Forgotten password',
  mailed: 'Look into your mailbox',
  notSignedOn: 'You are not logged in',
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
    <Document
      lang="en"
      title={`${title} – Dunlin`}
      branding={NEUTRAL}
      scripts={view.name === 'login' && view.ways.passkey ? ['/passkeys.js'] : []}
    >
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
  if (view.name === 'forgotten') return <Forgotten action={action} hasProblem={view.hasProblem} />;
  if (view.name === 'mailed') return <Mailed />;
  if (view.name === 'notSignedOn') return <NotSignedOn view={view} />;
  if (view.name === 'problem') return <Failed view={view} />;
  return <Told text={view.name === 'foreign' ? FOREIGN : EXPIRED} to={LOGIN} label="Log in" />;
}

interface ToldProps {
  text: string;
  /** Where to try it again. */
  again?: string | null;
  to: string;
  label: string;
}

function Told({ text, again = null, to, label }: ToldProps): ReactNode {
  return (
    <>
      <p>{text}</p>
      {again !== null && (
        <p>
          <a href={again}>Try again</a>
        </p>
      )}
      <p>
        <a href={to}>{label}</a>
      </p>
    </>
  );
}

const FOREIGN = 'The form did not come from this page. Open the page again, and send it once more.';
const EXPIRED =
  'A link works once, for a short time, and until the next one is made. Ask for another under “Forgotten password”, or ask an owner of your account.';

function Problem({ problem }: { problem: LoginProblem | SetupProblem | null }): ReactNode {
  return <ProblemNote>{problem && PROBLEMS[problem]}</ProblemNote>;
}

function NotSignedOn({ view: { why, request } }: { view: Extract<ConsoleLoginView, { name: 'notSignedOn' }> }): ReactNode {
  return (
    <>
      <Told text={NOT_SIGNED_ON[why]} to={LOGIN} label="Back to the login" />
      <NumberOfAttempt request={request} />
    </>
  );
}

function Failed({ view: { text, again, request } }: { view: Extract<ConsoleLoginView, { name: 'problem' }> }): ReactNode {
  return (
    <>
      <Told text={text} again={again} to={HOME} label="To the console" />
      {request !== null && <NumberOfAttempt request={request} />}
    </>
  );
}

/** What whoever runs this Dunlin looks for in its log, which has the reason. */
function NumberOfAttempt({ request }: { request: string }): ReactNode {
  return (
    <p className="note">
      If it stays so, tell whoever runs this Dunlin the number of this attempt: <code>{request}</code>
    </p>
  );
}

/** The script shows it where the browser has passkeys. */
function PasskeyForm({ back }: { back: string }): ReactNode {
  const problem = 'No passkey was used. Try again, or log in in another way.';
  const of = { 'data-passkey': 'use', 'data-options': '/console/passkey/options', 'data-problem': problem };
  return (
    <form method="post" action="/console/passkey" className="other-way" hidden {...of}>
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="credential" value="" />
      <p className="problem" role="alert" />
      <button>Log in with a passkey</button>
    </form>
  );
}

function SignOnForm({ back }: { back: string }): ReactNode {
  return (
    <form method="post" action="/console/sso" className="other-way">
      <input type="hidden" name="back" value={back} />
      <button>Log in with single sign-on</button>
    </form>
  );
}

function LoginForm({ action, view }: { action: string; view: Extract<ConsoleLoginView, { name: 'login' }> }): ReactNode {
  return (
    <>
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
      {view.ways.passkey && <PasskeyForm back={view.back} />}
      {view.ways.signOn && <SignOnForm back={view.back} />}
    </>
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

function Forgotten({ action, hasProblem }: { action: string; hasProblem: boolean }): ReactNode {
  return (
    <form method="post" action={action} className="fields">
      <Problem problem={hasProblem ? 'email' : null} />
      <Field label="E-mail address" name="email" type="email" autoComplete="username" required />
      <button className="primary">Send me a link</button>
      <p className="note">With the link you set a new password. It works once, within {RESET_SECONDS / 60} minutes.</p>
      <p className="note">
        <a href={LOGIN}>Back to the login</a>
      </p>
    </form>
  );
}

function Mailed(): ReactNode {
  return (
    <>
      <p role="status">If a user with a password has this address, a link is on its way.</p>
      <p>
        No mail? Then ask an owner of your account for a link. If there is no other owner, whoever runs this Dunlin makes one with{' '}
        <code>npx dunlin account link you@example.com</code>.
      </p>
      <p>
        <a href={LOGIN}>Back to the login</a>
      </p>
    </>
  );
}
