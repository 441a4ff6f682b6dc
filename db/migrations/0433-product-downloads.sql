-- What customers of a product can download: an uploaded file, or an address of the seller.
create table product_downloads (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  product text not null,
  name text not null,
  file text references files,
  url text,
  check ((file is null) <> (url is null)),
  foreign key (account, livemode, product) references products (account, livemode, id)
);
create index product_downloads_list on product_downloads (account, livemode, product, created desc, seq desc);
select keep_owner('product_downloads');
