-- What a caller was told where a step is written although what was asked for is refused (a declined change): asked again after
-- a crash, it is told the same.
alter table commits add column refusal jsonb;
