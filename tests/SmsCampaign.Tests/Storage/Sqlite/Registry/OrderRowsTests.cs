using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Storage.Registry;

namespace SmsCampaign.Tests.Storage.Sqlite.Registry;

public sealed class OrderRowsTests : StandingOrdersContract
{
    protected override IRegistry Open(string folder) => Ledgers.OpenRegistry(new DataFolder(folder));

    protected override void Spoil(string folder, string column)
    {
        using var db = SqliteDb.Open(new DataFolder(folder).Ledger);
        db.Execute($"update standing_order set {column} = {(column == "kind" ? "99" : "'no such thing'")}");
    }
}
