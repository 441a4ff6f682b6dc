-- The contents of a file stay with their account, as its row does.
select keep_owner('file_contents');
