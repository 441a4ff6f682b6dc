/** A person who uses the console of one account, in both modes. */
export const ROLES = ['owner', 'finance', 'support', 'developer', 'read_only'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  id: string;
  account: string;
  created: number;
  /** Null: a first owner who has not been set up. */
  email: string | null;
  name: string | null;
  role: Role;
  failedLogins: number;
  /** Epoch seconds until which no password is accepted. */
  lockedUntil: number | null;
  lastLoginAt: number | null;
  disabledAt: number | null;
  /** Whether a password was set. */
  hasPassword: boolean;
}

/** How somebody has logged in. `link`: by the link that sets a password. */
export type LoginMethod = 'password' | 'link' | 'passkey' | 'sso';

export interface UserSession {
  id: string;
  user: string;
  created: number;
  /** The mode that the console shows. */
  livemode: boolean;
  method: LoginMethod;
  lastSeenAt: number;
  expiresAt: number;
  ip: string;
  userAgent: string;
}

/** A key on a device of the user, by which the user logs in without a password. */
export interface Passkey {
  id: string;
  user: string;
  created: number;
  name: string;
  /** How browsers reach it: `internal`, `hybrid`, `usb`. */
  transports: readonly string[];
  /** Whether it is copied between the user's devices. */
  isSynced: boolean;
  lastUsedAt: number | null;
}
