import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { LicenseKey } from '../components/license-key';
import { date } from '../money';
import { ACCESS } from '../words/access';
import { PORTAL } from '../words/portal';
import { ActionForm, placeOf } from './action-form';
import type { PortalAccess, PortalDownload, PortalFrame, PortalLicense } from './model';

interface AccessProps {
  frame: PortalFrame;
  access: PortalAccess;
}

/** The customer's licenses with the machines that use them, and what can be downloaded. */
export function Access({ frame, access: { licenses, downloads } }: AccessProps): ReactNode {
  const { language } = frame.locale;
  const words = ACCESS[language];
  return (
    <>
      {licenses.length + downloads.length === 0 && <p className="note">{words.nothing}</p>}
      {licenses.length > 0 && (
        <section className="card" aria-labelledby="licenses">
          <h2 id="licenses">{words.licenses}</h2>
          <ul className="lines">
            {licenses.map((license) => (
              <License key={license.id} frame={frame} license={license} />
            ))}
          </ul>
        </section>
      )}
      {downloads.length > 0 && (
        <section className="card" aria-labelledby="downloads">
          <h2 id="downloads">{words.downloads}</h2>
          <ul className="lines">
            {downloads.map((download) => (
              <Download key={download.id} frame={frame} download={download} />
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href={placeOf(frame, 'home')}>{PORTAL[language].back}</a>
      </p>
    </>
  );
}

function License({ frame, license }: { frame: PortalFrame; license: PortalLicense }): ReactNode {
  const { language, tag } = frame.locale;
  const words = ACCESS[language];
  const count = new Intl.NumberFormat(tag);
  const allowed = license.activationLimit === null ? null : count.format(license.activationLimit);
  return (
    <li>
      <div className="line">
        <b>{license.product}</b> <span className="test">{words.states[license.state]}</span>
      </div>
      {license.key !== null && <LicenseKey label={words.keyOf(license.product)} value={license.key} />}
      {license.expiresAt !== null && <p className="note">{words.expires(date(license.expiresAt, tag))}</p>}
      {license.key !== null && <p className="note">{words.usedOn(count.format(license.machines.length), allowed)}</p>}
      {license.machines.map(({ id, name }) => (
        <div className="choices" key={id}>
          <span>{name}</span>
          <ActionForm frame={frame} action="deactivate" of={{ license: license.id, activation: id }}>
            <button aria-label={labeled(language, words.deactivate, name)}>{words.deactivate}</button>
          </ActionForm>
        </div>
      ))}
    </li>
  );
}

function Download({ frame, download: { name, product, url } }: { frame: PortalFrame; download: PortalDownload }): ReactNode {
  const words = ACCESS[frame.locale.language];
  return (
    <li className="line">
      <span>
        {name} <small>{product}</small>
      </span>
      <a href={url} aria-label={labeled(frame.locale.language, words.download, name)}>
        {words.download}
      </a>
    </li>
  );
}
