using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Audience;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

public sealed class RunBuilderTests : IDisposable
{
    static readonly Plan NoPlan = new([], [], "");

    readonly ImportBench _bench = new();

    string Ledger => _bench.Folder.File("ledgers/run.db");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void What_was_imported_stands_in_the_ledger_in_sending_order()
    {
        // More than a chunk, so that carriers and chunks interleave.
        var rows = Enumerable.Range(0, 40_000)
            .Select(row => (Number: 84_900_000_000 + (row % 3 * 10_000_000L) + row, Line: row + 2))
            .ToList();
        _bench.Folder.Write(
            "a.csv",
            "SĐT\n" + string.Concat(rows.Select(row => $"0{row.Number - 84_000_000_000}\n")) + "0900000000\n\n");

        using (var builder = new RunBuilder(Ledger))
        {
            var audience = _bench.Segment("a.csv").Import(builder).Audience!;
            Assert.False(File.Exists(Ledger));
            builder.Complete(audience, NoPlan, SomeRun.Description);
        }

        var expected = rows
            .GroupBy(row => ImportBench.Prefixes.IndexOf(new PhoneNumber(row.Number)) + 1)
            .OrderBy(carrier => carrier.Key)
            .SelectMany(carrier =>
                carrier.Select((row, at) => (MessageSeq.Of(carrier.Key, at + 1), row.Number, (long)row.Line)));
        Assert.Equal(expected, ReadMessages());
        Assert.Equal([Ledger], Directory.GetFiles(Path.GetDirectoryName(Ledger)!));

        using var db = SqliteDb.Open(Ledger, readOnly: true);
        Assert.Equal(84_900_000_000, db.ReadNumber("select number from exclusion where reason = 8 and line = 40002"));
        Assert.Equal("ok", db.ReadText("pragma integrity_check"));
        Assert.Equal(1, db.ReadNumber("select \"unique\" from pragma_index_list('message')"));
    }

    [Fact]
    public void Rows_that_no_segment_takes_are_of_the_audience_that_the_ledger_balances()
    {
        _bench.Folder.Write("a.csv", "SĐT,Xã\n0912345678,Ea Bung\n0912345679,Tân An\nkhông có,Tân An\n");
        using (var builder = new RunBuilder(Ledger))
        {
            var audience =
                _bench.Segment("a.csv", filter: new ColumnFilter("Xã", ["Ea Bung"])).Import(builder).Audience!;
            var batch = new Batch(1, 2, 1, MessageSeq.Of(2, 1), MessageSeq.Of(2, 1), 1);
            var lane = new PlannedLane(
                1, "lane", 100, RateUnit.Parts, ReceiptTrust.Network, TimeSpan.FromHours(1), 300, "{}");
            builder.Complete(audience, new Plan([lane], [batch], ""), SomeRun.Description);
        }

        var status = RunStatus.Read(RunAddress.OfFile(Ledger));
        Assert.Equal((3, 2, true), (status.Audience, status.Excluded, status.Balances));
        using var db = SqliteDb.Open(Ledger, readOnly: true);
        Assert.True(BalanceRows.Count(db).Holds);
        Assert.Equal(2, db.ReadNumber("select count(*) from exclusion where segment = 0 and reason = 12"));
    }

    [Fact]
    public void An_import_that_fails_half_way_leaves_no_trace()
    {
        var good = string.Concat(Enumerable.Range(0, 40_000).Select(row => $"0{912_000_000 + row}\n"));
        File.WriteAllBytes(_bench.Folder.File("a.csv"), [.. System.Text.Encoding.UTF8.GetBytes("SĐT\n" + good), 0xFF]);

        using (var builder = new RunBuilder(Ledger))
            Assert.Null(_bench.Segment("a.csv").Import(builder).Audience);

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Ledger)!));
    }

    [Fact]
    public void A_full_disk_fails_the_import_and_does_not_hang_it()
    {
        using var builder = new RunBuilder(Ledger, mostPages: 100);

        var full = Assert.Throws<LedgerException>(() =>
        {
            for (var number = 84_900_000_000; number < 84_900_500_000; number++)
                builder.AddMessage(1, new MessageRow(number, 1, 1, CarrierRule.Prefix, 1, 2));
        });

        Assert.StartsWith("SQLite 13:", full.Message, StringComparison.Ordinal); // SQLITE_FULL
    }

    List<(long Seq, long Number, long Line)> ReadMessages()
    {
        using var db = SqliteDb.Open(Ledger, readOnly: true);
        using var statement = db.Prepare("select seq, number, line from message order by seq");
        var rows = new List<(long, long, long)>();
        while (statement.Step())
            rows.Add((statement.Number(0), statement.Number(1), statement.Number(2)));
        return rows;
    }
}
