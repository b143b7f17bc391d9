-- What a service says (outbox) and which messages it has taken in (inbox). Published rows are kept: any stream can be
-- published again from here.
create table outbox (
    tenant       text        not null,
    id           bigint      generated always as identity,
    message_id   uuid        not null default gen_random_uuid(),
    subject      text        not null,
    body         bytea       not null,
    created_at   timestamptz not null default now(),
    published_at timestamptz,
    primary key (tenant, id)
);
create index outbox_unpublished on outbox (tenant, id) where published_at is null;
alter table outbox enable row level security;
alter table outbox force row level security;
create policy tenant_only on outbox using (tenant = current_setting('app.tenant', true));

create table inbox (
    tenant     text        not null,
    consumer   text        not null,
    message_id text        not null,
    taken_at   timestamptz not null default now(),
    primary key (tenant, consumer, message_id)
);
alter table inbox enable row level security;
alter table inbox force row level security;
create policy tenant_only on inbox using (tenant = current_setting('app.tenant', true));
