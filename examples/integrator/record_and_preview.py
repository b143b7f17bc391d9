"""Record one flight, then read the invoice that it would be billed on."""

import os
import time

import grpc
from google.type.date_pb2 import Date

from dutycycle.api.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from dutycycle.api.invoicing.v1 import invoicing_pb2, invoicing_pb2_grpc
from dutycycle.api.rating.v1 import rating_pb2, rating_pb2_grpc

channels = [grpc.insecure_channel(os.environ[f"DUTYCYCLE_{name}_TARGET"]) for name in ("INGEST", "RATING", "INVOICING")]
ingest = ingest_pb2_grpc.IngestServiceStub(channels[0])
rating = rating_pb2_grpc.RatingServiceStub(channels[1])
invoicing = invoicing_pb2_grpc.InvoicingServiceStub(channels[2])
who = (("authorization", f"Bearer {os.environ['DUTYCYCLE_TOKEN']}"),)

# Columns of equal length, one row a record. The event id makes it safe to send the batch again.
minutes = ingest_pb2.MeterColumn(meter="air_minutes", values=[134])
batch = ingest_pb2.UsageBatch(
    source="ops-fl",
    event_ids=["FL-850-LGA-2013-01-01T12:00:00Z"],
    occurred_at_us=[1_357_041_600_000_000],
    asset_identities=["N978AT"],
    meters=[minutes, ingest_pb2.MeterColumn(meter="cycles", values=[1])],
)
receipt = ingest.RecordUsage(ingest_pb2.RecordUsageRequest(batch=batch), metadata=who).receipt
print(f"{receipt.accepted} accepted, {receipt.duplicate} duplicate, {receipt.waiting} waiting")

# A preview is calculated from what rating has taken in: wait until that is all that ingest has stored.
[head] = [h for h in ingest.ListSources(ingest_pb2.ListSourcesRequest(), metadata=who).sources if h.source == "ops-fl"]
folded = 0
while folded < head.last_segment_number:
    time.sleep(0.1)
    watermark = rating.GetWatermark(rating_pb2.GetWatermarkRequest(), metadata=who)
    folded = max((h.last_segment_number for h in watermark.folded if h.source == head.source), default=0)

january = rating_pb2.BillingPeriod(start_date=Date(year=2013, month=1, day=1), end_date=Date(year=2013, month=2, day=1))
request = invoicing_pb2.PreviewInvoiceRequest(customer="customers/fl", period=january)
invoice = invoicing.PreviewInvoice(request, metadata=who).invoice
for line in invoice.lines:
    print(f"{line.schedule_display_name}, {line.label}: {line.used_quantity.value} {line.units} ${line.amount.units:,}")
print(f"Total ${invoice.total.units:,}.{invoice.total.nanos // 10_000_000:02}")
