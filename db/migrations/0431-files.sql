-- Uploaded files, and links by which they can be read without a key. Equal contents are stored once.
create table file_contents (
  account text not null references accounts,
  livemode boolean not null,
  sha256 text not null,
  received timestamptz not null default now(),
  data bytea not null,
  primary key (account, livemode, sha256)
);
create index file_contents_received on file_contents (received);

create table files (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  filename text,
  purpose text not null,
  size bigint not null,
  type text,
  sha256 text not null,
  expires_at bigint
);
create index files_list on files (account, livemode, created desc, seq desc);
create index files_content on files (account, livemode, sha256);
select keep_owner('files');

create table file_links (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  file text not null references files,
  expires_at bigint,
  metadata jsonb not null default '{}'
);
create index file_links_list on file_links (account, livemode, created desc, seq desc);
create index file_links_file on file_links (file);
select keep_owner('file_links');
