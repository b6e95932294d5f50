using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite.Registry;

public sealed class OrderRowsTests : StandingOrdersContract
{
    protected override IRegistry Open(string folder) => Ledgers.OpenRegistry(new DataFolder(folder));

    [Theory]
    [InlineData("delete from standing_order where id = 1", "order 1: stands in row")]
    [InlineData("update standing_order set lifted_at = at, lifted_person = 'x' where id = 1", "order 1: how it was")]
    [InlineData("update standing_order set lifted_reason = 'y' where id = 2", "order 2: how it was")]
    [InlineData("update standing_order set lane = 'vnpt' where id = 1", "order 1: changed after")]
    [InlineData(
        "insert into standing_order (kind, at, person, account, host, reason) values (1, '', '', '', '', '')",
        "order 4: not in the chain")]
    public void What_was_written_past_the_program_is_found(string sql, string found)
    {
        using var folder = new TempFolder();
        var registry = Open(folder.Path);
        var (now, who) = (DateTimeOffset.UnixEpoch, new Who("A", "a", "here"));
        registry.Orders.Give(
            new NewOrder(OrderKind.Pause, new OrderScope(null, "viettel"), who, "x"), new Wording("", ""), now);
        foreach (var rate in new[] { 5, 6 })
        {
            registry.Orders.Give(
                new NewOrder(OrderKind.Rate, new OrderScope(null, "viettel"), who, "x") { Rate = rate },
                new Wording("", ""),
                now);
        }

        Assert.True(registry.Audit.Verify(ledgers: false).Holds);
        using (var db = SqliteDb.Open(new DataFolder(folder.Path).Ledger))
            db.Execute(sql);

        Assert.Contains(registry.Audit.Verify(ledgers: false).Findings, finding => finding.En.StartsWith(
            found, StringComparison.Ordinal));
    }

    protected override void Spoil(string folder, string column)
    {
        using var db = SqliteDb.Open(new DataFolder(folder).Ledger);
        db.Execute($"update standing_order set {column} = {(column == "kind" ? "99" : "'no such thing'")}");
    }
}
