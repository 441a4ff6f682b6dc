import type { ReactNode } from 'react';
import type { Branding } from '../../domain/rows/branding-settings';

interface SellerProps {
  branding: Branding;
  /** What is said in test mode. */
  mark?: string | undefined;
}

/** Who sells: the logo, or the icon and the name. */
export function Seller({ branding: { display_name: name, icon, logo }, mark }: SellerProps): ReactNode {
  return (
    <h1 id="seller" className="seller">
      {logo === null ? (
        <>
          {icon !== null && <img className="icon" src={icon} alt="" />}
          <span>{name}</span>
        </>
      ) : (
        <img className="logo" src={logo} alt={name} />
      )}
      {mark !== undefined && <span className="test">{mark}</span>}
    </h1>
  );
}
