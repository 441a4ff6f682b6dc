-- The sandbox misbehaves for the account that ordered it, in test mode, and for nobody else.
delete from sandbox_faults;
alter table sandbox_faults add column account text not null references accounts;
create index sandbox_faults_account on sandbox_faults (account, id) where remaining > 0;
select keep_owner('sandbox_faults');
