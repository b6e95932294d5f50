using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Storage.Receipts;

namespace SmsCampaign.Tests.Storage.Sqlite.Receipts;

public sealed class SqliteReceiptLogTests : ReceiptLogContract
{
    protected override IReceiptLog Open(DataFolder data, ProcessClock clock, bool simulated) =>
        new SqliteReceiptLog(data, clock, simulated);

    protected override IKeptReceipts Look(DataFolder data) => new SqliteKeptReceipts(data);
}
