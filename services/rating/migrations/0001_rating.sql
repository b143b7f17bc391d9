-- What rating derives from usage; all of it can be built again from the segments that ingest keeps.

-- How far each source is folded. Locked by whoever folds the source, in the transaction that adds to usage_day.
create table watermark (
    tenant text   not null,
    source text   not null,
    number bigint not null default 0,
    primary key (tenant, source)
);

-- Which element of usage_day.sums belongs to a meter. Positions are given once, from 1, and stay.
create table meter (
    tenant   text     not null,
    code     text     not null,
    position smallint not null,
    primary key (tenant, code),
    unique (tenant, position)
);

-- One cell a placement, civil day in the schedule's zone, and meter; the cells of a day share a row, since a record
-- mostly carries every meter, and three rows where one will do are three times the work.
create table usage_day (
    tenant    text      not null,
    placement text      not null,
    day       date      not null,
    records   bigint    not null,
    sums      numeric[] not null,
    primary key (tenant, placement, day)
);

create function add_sums(one numeric[], other numeric[]) returns numeric[] language sql immutable as $$
    select array_agg(coalesce(a, 0) + coalesce(b, 0) order by place)
    from unnest(one, other) with ordinality as pair(a, b, place)
$$;

do $$
declare name text;
begin
    foreach name in array array['watermark', 'meter', 'usage_day'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
    end loop;
end $$;
