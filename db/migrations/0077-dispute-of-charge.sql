-- A charge names its first dispute.
alter table charges add column dispute text;
update charges c set dispute = (select d.id from disputes d where d.charge = c.id order by d.created, d.seq limit 1) where c.disputed;
