import type { Operation } from '../../http/operation';
import { createUser } from './create';
import { createUserLink } from './create-link';
import { listUsersOperation } from './list';
import { listUserSessions } from './list-sessions';
import { retrieveUser } from './retrieve';
import { revokeUserSessions } from './revoke-sessions';
import { updateUser } from './update';

export const users: Operation[] = [
  createUser,
  createUserLink,
  listUsersOperation,
  listUserSessions,
  retrieveUser,
  revokeUserSessions,
  updateUser,
];
