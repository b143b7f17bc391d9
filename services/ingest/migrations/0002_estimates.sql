-- Rows of the segment that the source estimated instead of reading a meter. Segments stored before this say none.
alter table segment add column estimated_count integer not null default 0;
