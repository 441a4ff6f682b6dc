import type { ReactNode } from 'react';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../domain/authorization/logins';
import { Layout } from './layout';
import type { OwnModel } from './model';

const ME = '/console/me';

/** The own access of whoever looks. Passkeys need script, because browsers hand them out to scripts only; all else works without. */
export function OwnPage(model: OwnModel): ReactNode {
  const { frame, email } = model;
  return (
    <Layout frame={frame} scripts={['/passkeys.js']}>
      <div>
        <h1>Your access</h1>
        <p className="about">
          {email}, {frame.role.replaceAll('_', ' ')}
        </p>
      </div>
      <div className="two">
        <div>
          <Sessions {...model} />
        </div>
        <div>
          <Passkeys {...model} />
          <Password {...model} />
        </div>
      </div>
    </Layout>
  );
}

const Csrf = ({ csrf }: { csrf: string }): ReactNode => <input type="hidden" name="csrf" value={csrf} />;

function Passkeys({ frame: { csrf }, passkeys, newPasskey }: OwnModel): ReactNode {
  return (
    <section className="card">
      <h2>Passkeys</h2>
      <p className="about">
        Log in with the screen lock of your device, or with a security key. There is nothing to remember or to give away.
      </p>
      {passkeys.length === 0 && <p className="empty">You have no passkey yet.</p>}
      <ul className="own">
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            <b>{passkey.name}</b>
            <span className="about">
              {passkey.kind}. Added <Time text={passkey.created} />, last used: <Time text={passkey.lastUsed} />.
            </span>
            <div className="actions">
              <details>
                <summary>Rename</summary>
                <form method="post" action={`${ME}/passkeys/${passkey.id}/rename`}>
                  <Csrf csrf={csrf} />
                  <Named id={`name-${passkey.id}`} label="Name" value={passkey.name} />
                  <div>
                    <button className="primary">Rename</button>
                  </div>
                </form>
              </details>
              <details className="danger">
                <summary>Remove</summary>
                <form method="post" action={`${ME}/passkeys/${passkey.id}/remove`}>
                  <p>Nobody can log in with it any more. Remove it on your device, too.</p>
                  <Csrf csrf={csrf} />
                  <div>
                    <button className="danger">Remove</button>
                  </div>
                </form>
              </details>
            </div>
          </li>
        ))}
      </ul>
      <NewPasskey csrf={csrf} newPasskey={newPasskey} />
    </section>
  );
}

const Time = ({ text }: { text: string }): ReactNode => <span className="time">{text}</span>;

const Named = ({ id, label, value }: { id: string; label: string; value: string }): ReactNode => (
  <div>
    <label htmlFor={id}>{label}</label>
    <input id={id} name="name" defaultValue={value} maxLength={100} required />
  </div>
);

const NOT_NOW: Record<'noHost' | 'tooMany', string> = {
  noHost:
    'Browsers keep passkeys only for the name of a host, with HTTPS: open the console at such an address. On this machine that is localhost.',
  tooMany: 'You have as many passkeys as there can be. Remove one first.',
};

function NewPasskey({ csrf, newPasskey }: { csrf: string; newPasskey: OwnModel['newPasskey'] }): ReactNode {
  if (newPasskey === 'logInAgain') return <LogInAgain csrf={csrf} what="To add a passkey" />;
  if (newPasskey !== 'possible') return <p className="about">{NOT_NOW[newPasskey]}</p>;
  return (
    <form
      method="post"
      action={`${ME}/passkeys`}
      className="new"
      data-passkey="new"
      data-options={`${ME}/passkeys/options`}
      data-problem="Your device has not made a passkey. You may have stopped it, or the device has one for you already."
      hidden
    >
      <Csrf csrf={csrf} />
      <input type="hidden" name="credential" value="" />
      <Named id="new-name" label="Name of the new passkey" value="" />
      <p className="notice problem" role="alert" />
      <div>
        <button className="primary">Add a passkey</button>
      </div>
    </form>
  );
}

/** What opens the door for longer needs a login of the last minutes, so that nobody does it at an open screen. */
function LogInAgain({ csrf, what }: { csrf: string; what: string }): ReactNode {
  return (
    <form method="post" action={`${ME}/again`} className="new">
      <Csrf csrf={csrf} />
      <p className="about">{what}, log in again: your login is older than 15 minutes.</p>
      <div>
        <button>Log in again</button>
      </div>
    </form>
  );
}

function Password({ frame: { csrf }, password, email }: OwnModel): ReactNode {
  const length = { minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX };
  return (
    <section className="card">
      <h2>Password</h2>
      {password === 'logInAgain' ? (
        <LogInAgain csrf={csrf} what="To set a password" />
      ) : (
        <form method="post" action={`${ME}/password`} className="new">
          <Csrf csrf={csrf} />
          <input type="hidden" name="email" value={email} autoComplete="username" />
          {password === 'change' && (
            <Secret name="current" label="Present password" autoComplete="current-password" maxLength={PASSWORD_MAX} />
          )}
          <Secret name="password" label="New password" autoComplete="new-password" {...length} />
          <Secret name="again" label="New password again" autoComplete="new-password" {...length} />
          <p className="about">At least {PASSWORD_MIN} characters. You are logged out everywhere else.</p>
          <div>
            <button className="primary">{password === 'change' ? 'Change the password' : 'Set a password'}</button>
          </div>
        </form>
      )}
    </section>
  );
}

interface SecretProps {
  name: string;
  label: string;
  autoComplete: string;
  minLength?: number;
  maxLength: number;
}

const Secret = ({ name, label, ...input }: SecretProps): ReactNode => (
  <div>
    <label htmlFor={`own-${name}`}>{label}</label>
    <input id={`own-${name}`} name={name} type="password" required {...input} />
  </div>
);

function Sessions({ frame: { csrf }, sessions }: OwnModel): ReactNode {
  return (
    <section className="card">
      <h2>Where you are logged in</h2>
      <ul className="own">
        {sessions.map(({ id, browser, ip, method, began, lastSeen, isThis }) => (
          <li key={id}>
            <b>{browser}</b>
            {isThis && <span className="state good">This one</span>}
            <span className="about">
              {method}, from {ip}. Since <Time text={began} />, last used <Time text={lastSeen} />.
            </span>
            {!isThis && (
              <form method="post" action={`${ME}/sessions/${id}/revoke`}>
                <Csrf csrf={csrf} />
                <button>
                  End it
                  <span className="unseen">
                    : {browser}, since {began}
                  </span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action={`${ME}/sessions/others`} className="new">
          <Csrf csrf={csrf} />
          <div>
            <button className="danger">Log out everywhere else</button>
          </div>
        </form>
      )}
    </section>
  );
}
