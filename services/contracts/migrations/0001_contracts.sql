-- Who agreed to what, and since when. Revisions and placements are added, never changed.
create table customer (
    tenant text  not null,
    name   text  not null,
    body   bytea not null,
    primary key (tenant, name)
);

create table agreement_revision (
    tenant         text        not null,
    name           text        not null,
    revision       integer     not null,
    customer       text        not null,
    zone           text        not null,
    effective_date date        not null,
    body           bytea       not null,
    etag           text        not null,
    created_at     timestamptz not null default now(),
    primary key (tenant, name, revision),
    foreign key (tenant, customer) references customer (tenant, name)
);

-- Which agreement a schedule belongs to; a schedule never moves.
create table schedule (
    tenant    text not null,
    id        text not null,
    agreement text not null,
    primary key (tenant, id)
);

create table registry (
    tenant   text   not null primary key,
    revision bigint not null
);

create table asset (
    tenant       text    not null,
    name         text    not null,
    display_name text    not null,
    manufacturer text    not null,
    model        text    not null,
    year         integer not null,
    revision     bigint  not null,
    primary key (tenant, name)
);
create index asset_by_revision on asset (tenant, revision, name);

create table asset_alias (
    tenant   text not null,
    identity text not null,
    asset    text not null,
    primary key (tenant, identity),
    foreign key (tenant, asset) references asset (tenant, name)
);
create index asset_alias_by_asset on asset_alias (tenant, asset);

create table placement (
    tenant     text not null,
    asset      text not null,
    start_date date not null,
    schedule   text not null,
    primary key (tenant, asset, start_date),
    foreign key (tenant, asset) references asset (tenant, name),
    foreign key (tenant, schedule) references schedule (tenant, id)
);

create table catalogue (
    tenant text  not null primary key,
    body   bytea not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is kept as it was: add a new row instead', tg_table_name;
end $$;
create trigger agreement_revision_is_final before update or delete on agreement_revision
    for each row execute function refuse_change();
create trigger placement_is_final before update or delete on placement
    for each row execute function refuse_change();

do $$
declare name text;
begin
    foreach name in array array['customer', 'agreement_revision', 'schedule', 'registry', 'asset', 'asset_alias',
                                'placement', 'catalogue'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy tenant_only on %I using (tenant = current_setting(''app.tenant'', true))', name);
    end loop;
end $$;
