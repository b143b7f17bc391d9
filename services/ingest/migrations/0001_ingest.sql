-- Usage as it came: segments are the record, everything else is an index over them or an answer about them.

-- One row a source; locked by whoever commits usage of the source. Counts are of rows as they were answered for.
create table source_head (
    tenant      text   not null,
    source      text   not null,
    last_number bigint not null default 0,
    received    bigint not null default 0,
    accepted    bigint not null default 0,
    waiting     bigint not null default 0,
    duplicate   bigint not null default 0,
    rejected    bigint not null default 0,
    primary key (tenant, source),
    constraint nothing_vanishes check (received = accepted + waiting + duplicate + rejected)
);

create table segment (
    tenant      text        not null,
    source      text        not null,
    number      bigint      not null,
    month       date        not null,
    kind        text        not null check (kind in ('recorded', 'resolved')),
    row_count   integer     not null,
    first_at_us bigint      not null,
    last_at_us  bigint      not null,
    body        bytea       not null,
    created_at  timestamptz not null default now(),
    primary key (tenant, source, number, month)
) partition by range (month);

-- Makes the partition of a month; the service's role may not make tables itself.
create function ensure_segment_partition(first_day date) returns void
    language plpgsql security definer set search_path from current as $$
declare
    partition_name text := 'segment_' || to_char(first_day, 'YYYY_MM');
begin
    if to_regclass(partition_name) is not null then
        return;
    end if;
    execute format('create table %I partition of segment for values from (%L) to (%L)', partition_name,
                   first_day, (first_day + interval '1 month')::date);
    execute format('alter table %I enable row level security', partition_name);
    execute format('alter table %I force row level security', partition_name);
exception when duplicate_table or unique_violation then
    return;  -- another commit made it at the same moment
end $$;

-- Records that are stored and wait; the record itself is in its segment.
create table waiting_usage (
    tenant         text    not null,
    source         text    not null,
    event_id       text    not null,
    occurred_at_us bigint  not null,
    asset_identity text    not null,
    reason         text    not null,
    message        text    not null,
    quantities     jsonb   not null,
    segment_number bigint  not null,
    segment_row    integer not null,
    primary key (tenant, source, event_id)
);

create table rejection (
    tenant         text        not null,
    id             text        not null,
    source         text        not null,
    reason         text        not null,
    message        text        not null,
    record         jsonb       not null,
    occurred_at_us bigint,
    origin         text        not null,
    times          bigint      not null default 1,
    first_at       timestamptz not null default now(),
    replaced_by    text,
    primary key (tenant, id)
);
create index rejection_by_source on rejection (tenant, source, first_at, id);

create table closed_period (
    tenant      text   not null,
    source      text   not null,
    start_at_us bigint not null,
    end_at_us   bigint not null,
    label       text   not null,
    primary key (tenant, source, start_at_us)
);

create table usage_file (
    tenant     text        not null,
    name       text        not null,
    file_name  text        not null,
    mapping    bytea       not null,
    content    bytea       not null,
    state      text        not null check (state in ('received', 'finished', 'refused')),
    error      text        not null default '',
    rows_done  integer     not null default 0,
    counts     jsonb       not null default '{}',
    created_at timestamptz not null default now(),
    primary key (tenant, name)
);

-- Answers for the rows of a file that were not accepted, a chunk at a time.
create table file_answer (
    tenant    text    not null,
    file      text    not null,
    first_row integer not null,
    answers   jsonb   not null,
    primary key (tenant, file, first_row)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is kept as it was: write a new one instead', tg_table_name;
end $$;
create trigger segment_is_final before update or delete on segment for each row execute function refuse_change();

do $$
declare name text;
begin
    foreach name in array array['source_head', 'segment', 'waiting_usage', 'rejection', 'closed_period', 'usage_file',
                                'file_answer'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
    end loop;
end $$;
