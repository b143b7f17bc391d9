-- Which of its cost centres the customer bears an asset by, from the placement's first day on. Empty: it did not say.
alter table placement add column cost_centre text not null default '';
