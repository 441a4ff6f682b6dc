/** Who may do what, and who has done what. */
import { ROLES } from '../../../domain/rows/user';
import type { Section } from '../section';
import { created, status } from './columns';

const users: Section = {
  ...{ name: 'users', title: 'Users', group: 'Access', prefixes: ['usr'], list: '/v1/users' },
  about: 'People who log in to this console. A role says what each may see and change.',
  empty: 'No users yet.',
  columns: [
    { label: 'E-mail', path: 'email' },
    { label: 'Name', path: 'name' },
    { label: 'Role', path: 'role' },
    { label: 'Last login', path: 'last_login_at' },
    { label: 'Disabled', path: 'disabled_at' },
    created,
  ],
  subTable: {
    heading: 'Where the user is logged in',
    list: '/v1/users/:user/sessions',
    columns: [
      { label: 'Session', path: 'id' },
      { label: 'How', path: 'method' },
      { label: 'From', path: 'ip' },
      { label: 'Browser', path: 'user_agent' },
      { label: 'Last used', path: 'last_seen_at' },
      created,
    ],
  },
  createAction: {
    ...{
      name: 'create',
      label: 'Invite somebody',
      call: 'POST /v1/users',
      help: 'Give the link that you then see to the person. It works once.',
    },
    fields: [
      { name: 'email', label: 'E-mail', type: 'text', isRequired: true },
      { name: 'name', label: 'Name', type: 'text' },
      { name: 'role', label: 'Role', type: 'select', options: ROLES },
    ],
    reveals: { label: 'The link, which is shown only now', property: 'setup_url' },
  },
  actions: [
    {
      ...{ name: 'role', label: 'Change the role', call: 'POST /v1/users/:user', help: 'It counts at once.' },
      fields: [{ name: 'role', label: 'Role', type: 'select', options: ROLES }],
    },
    {
      ...{
        name: 'link',
        label: 'Make a new link',
        call: 'POST /v1/users/:user/link',
        help: 'To set a password. It works once.',
        fields: [],
      },
      ...{ reveals: { label: 'The link, which is shown only now', property: 'setup_url' }, when: { disabled_at: [null] } },
    },
    {
      ...{
        name: 'session',
        label: 'End one session',
        call: 'POST /v1/users/:user/revoke_sessions',
        help: 'Its id is below. The user goes on in all others.',
      },
      fields: [{ name: 'session', label: 'Session', type: 'text', isRequired: true }],
      isDangerous: true,
    },
    {
      ...{
        name: 'sessions',
        label: 'Log out everywhere',
        call: 'POST /v1/users/:user/revoke_sessions',
        help: 'Ends all sessions.',
        fields: [],
      },
      isDangerous: true,
    },
    {
      ...{ name: 'disable', label: 'Disable', call: 'POST /v1/users/:user', help: 'Ends all sessions, and no login works.', fields: [] },
      ...{ isDangerous: true, fixed: { disabled: 'true' }, when: { disabled_at: [null] } },
    },
  ],
};

const keys: Section = {
  ...{ name: 'keys', title: 'API keys', group: 'Access', prefixes: ['key'], list: '/v1/api_keys' },
  about: 'Keys of apps. A restricted key may do only what its scopes say.',
  empty: 'No keys yet.',
  columns: [
    { label: 'Name', path: 'name' },
    { label: 'Key', path: 'redacted' },
    { label: 'Scopes', path: 'scopes' },
    { label: 'Last used', path: 'last_used_at' },
    { label: 'Revoked', path: 'revoked_at' },
    created,
  ],
  createAction: {
    ...{
      name: 'create',
      label: 'Make a restricted key',
      call: 'POST /v1/api_keys',
      help: 'A scope is like customers:read or invoices:write.',
    },
    fields: [
      { name: 'name', label: 'Name', type: 'text', isRequired: true },
      { name: 'scopes[0]', label: 'Scope', type: 'text', isRequired: true },
      { name: 'scopes[1]', label: 'Another scope', type: 'text' },
      { name: 'scopes[2]', label: 'Another scope', type: 'text' },
      { name: 'expires_at', label: 'Until', type: 'date' },
      { name: 'agent', label: 'For an agent: only at /mcp', type: 'checkbox' },
    ],
    reveals: { label: 'The key, which is shown only now', property: 'secret' },
  },
  actions: [
    {
      ...{ name: 'revoke', label: 'Revoke', call: 'POST /v1/api_keys/:key/revoke', help: 'Apps that use it are refused.', fields: [] },
      ...{ isDangerous: true, when: { revoked_at: [null] } },
    },
  ],
};

const audit: Section = {
  ...{ name: 'audit', title: 'Audit log', group: 'Access', prefixes: [], list: '/v1/audit_entries', item: null },
  about: 'What keys and people have changed, and when.',
  empty: 'Nothing was changed yet.',
  columns: [
    { label: 'When', path: 'created' },
    { label: 'Who', path: 'actor' },
    { label: 'What', path: 'operation' },
    { label: 'Object', path: 'related_object' },
    { label: 'Answer', path: 'status' },
    { label: 'From', path: 'ip' },
  ],
  filters: ['actor', 'operation', 'related_object'],
  actions: [],
};

const operators: Section = {
  ...{ name: 'operator-actions', title: 'Pauses of processors', group: 'Access', prefixes: [], list: '/v1/operator_actions', item: null },
  about: 'Who has paused or resumed the movement of money.',
  empty: 'No processor was ever paused.',
  columns: [
    { label: 'When', path: 'created' },
    { label: 'Processor', path: 'processor' },
    { label: 'What', path: 'action' },
    { label: 'By', path: 'api_key' },
    { label: 'Reason', path: 'reason' },
  ],
  filters: ['processor'],
  actions: [],
};

const tasks: Section = {
  ...{ name: 'tasks', title: 'Human steps', group: 'Support', prefixes: ['task'], list: '/v1/tasks' },
  about: 'Steps that wait for a person, with an owner, a deadline, and what happens without an answer.',
  empty: 'Nothing waits for a person.',
  columns: [
    { label: 'What', path: 'title' },
    { label: 'About', path: 'about' },
    status,
    { label: 'Owner', path: 'owner' },
    { label: 'Answer by', path: 'answer_by' },
    { label: 'Otherwise', path: 'default_answer' },
    { label: 'Answers', path: 'answers' },
    created,
  ],
  filters: ['status', 'type', 'owner', 'customer'],
  actions: [
    {
      ...{
        name: 'answer',
        label: 'Answer',
        call: 'POST /v1/tasks/:task/answer',
        help: 'One of the answers above.',
        when: { status: ['open'] },
      },
      fields: [
        { name: 'answer', label: 'Answer', type: 'text', isRequired: true },
        { name: 'note', label: 'Note', type: 'textarea' },
      ],
    },
  ],
};

const reconciliations: Section = {
  ...{ name: 'reconciliations', title: 'Reconciliations', group: 'Books', prefixes: [], list: '/v1/reconciliations', item: null },
  about: 'Each day of each processor, compared with our charges and refunds.',
  empty: 'No day was compared yet.',
  columns: [
    { label: 'Day', path: 'day' },
    { label: 'Processor', path: 'processor' },
    status,
    { label: 'Compared', path: 'compared' },
    { label: 'Differences', path: 'differences' },
    { label: 'From', path: 'source' },
  ],
  actions: [],
};

const differences: Section = {
  ...{ name: 'differences', title: 'Differences', group: 'Books', prefixes: [], list: '/v1/reconciliation_differences', item: null },
  about: 'Where a processor says something else than we do. The API gives each a state, an owner and a note.',
  empty: 'No differences.',
  columns: [
    { label: 'Day', path: 'day' },
    { label: 'Processor', path: 'processor' },
    { label: 'Kind', path: 'kind' },
    { label: 'About', path: 'about_id' },
    { label: 'State', path: 'state' },
    { label: 'Owner', path: 'owner' },
    { label: 'Note', path: 'note' },
  ],
  filters: ['state', 'processor'],
  actions: [],
};

export const PEOPLE: readonly Section[] = [tasks, reconciliations, differences, users, keys, audit, operators];
