using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Postgres.Receipts;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Tests.Storage.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres.Receipts;

/// <summary>Receipts are kept in PostgreSQL as in every kind.</summary>
public sealed class PostgresReceiptLogTests : ReceiptLogContract
{
    readonly PostgresPlace _place = PostgresPlace.Of(new PostgresAddress(PostgresServer.Shared.CreateDatabase()));

    protected override IReceiptLog Open(DataFolder data, ProcessClock clock, bool simulated) =>
        new PostgresReceiptLog(_place, data, clock, simulated);

    protected override IKeptReceipts Look(DataFolder data) => new PostgresKeptReceipts(_place);

    public override void Dispose()
    {
        _place.Dispose();
        base.Dispose();
    }
}
