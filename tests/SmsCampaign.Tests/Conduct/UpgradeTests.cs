using System.IO.Compression;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>
/// The data folder that each released version left behind, taken over by this program. In it: a run that is over
/// (<c>da-gui</c>), one whose worker was killed in the middle (<c>dang-gui</c>), and one that is approved for a day to
/// come (<c>cho-gui</c>). What stands in each folder beside them is as that version's own program wrote it.
/// </summary>
[Trait("Category", "Slow")]
public sealed class UpgradeTests : IDisposable
{
    /// <summary>When each version was asked to send, and what its killed worker left planned and on its way.</summary>
    static readonly Dictionary<string, Left> LeftBy = new()
    {
        ["0.9.0"] = new(new DateOnly(2026, 11, 29), 35, 5),
        ["0.10.0"] = new(new DateOnly(2026, 11, 30), 51, 4),
    };

    static readonly RunKey ToCome = new("cho-gui", new DateOnly(2027, 7, 30), Simulated: false);

    readonly TempFolder _folder = new();
    Left _left = LeftBy["0.9.0"];

    /// <summary>The window is open: the killed worker's run goes on.</summary>
    DateTimeOffset Afterwards => new(_left.Date.ToDateTime(new TimeOnly(16, 30)), TimeSpan.FromHours(7));

    RunKey Over => new("da-gui", _left.Date, Simulated: false);

    RunKey CutOff => new("dang-gui", _left.Date, Simulated: false);

    public static TheoryData<string> Versions =>
        [.. Directory.EnumerateFiles(Repository.PathOf("tests/SmsCampaign.Tests/Storage/Ledgers"), "*.zip")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)];

    DataFolder Data => new(_folder.File("data"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_run_that_was_over_reads_as_it_did_and_its_report_balances(string version)
    {
        TakeOver(version);

        var run = Ledgers.OpenRegistry(Data).Find(Over)!;
        Assert.Equal(RunState.Finished, run.State);
        Assert.Equal((80, 2, true), Count(Over));
        var outcome = new ReportDesk(Data, new FakeTimeProvider(Afterwards)).Write(
            new Who("Nguyễn Văn B", "an", "may-1"),
            Over,
            Language.Vietnamese,
            new ReportDesk(Data, TimeProvider.System).PlacesOf(Over, _folder.File("report")),
            export: null);
        var written = Assert.IsType<ReportOutcome.Written>(outcome);
        Assert.Null(written.Doubt);
        Assert.True(written.Report.Balance.Holds);
        Assert.Empty(written.Report.Differences);
        Assert.Equal(
            File.ReadAllLines(_folder.File("data/reports/da-gui/theo-nha-mang.csv")),
            File.ReadAllLines(_folder.File("report/theo-nha-mang.csv")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Its_records_are_borne_out_and_its_rates_proven(string version)
    {
        TakeOver(version);

        var desk = new RecordDesk(Data);
        Assert.True(desk.Verify()!.Holds);
        Assert.True(desk.Prove(Ledgers.OpenRegistry(Data).Find(Over)!).Holds);
        Assert.Equal(RunState.Approved, Ledgers.OpenRegistry(Data).Find(ToCome)!.State);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task What_its_killed_worker_had_not_sent_is_sent_and_nothing_else(string version)
    {
        TakeOver(version);
        var before = Statuses();
        var planned = before.Where(each => each.Value == MessageStatus.Planned).Select(each => each.Key).ToHashSet();
        var wasOnItsWay = before.Where(each => each.Value == MessageStatus.Submitting).Select(each => each.Key);
        var gateway = ScriptedCarrier.ThatAccepts();

        var told = await ConductAsync(gateway);

        Assert.Equal(_left.Planned, planned.Count);
        Assert.Equal(planned, gateway.Calls.SelectMany(call => call).Select(NightGateway.SeqOf).ToHashSet());
        Assert.Equal(planned.Count, gateway.Numbers.Count());
        var after = Statuses();
        Assert.Equal(_left.OnTheirWay, wasOnItsWay.Count());
        Assert.All(wasOnItsWay, seq => Assert.Equal(MessageStatus.Uncertain, after[seq]));
        Assert.Contains("reported", told.Words);
        Assert.Equal((80, 2, true), Count(CutOff));
        Assert.True(new RecordDesk(Data).Verify()!.Holds);
    }

    /// <summary>A process of this version conducts the run to its end.</summary>
    async Task<ToldWatcher> ConductAsync(ScriptedCarrier gateway)
    {
        var told = new ToldWatcher();
        var time = new MovingTime(Afterwards, TimeSpan.FromMicroseconds(50));
        var clock = new ProcessClock(time);
        var installation = _folder.File("smscampaign.json");
        var accounts = new LaneAccounts(
            Installation.Read(installation).Installation!.Lanes.Select(
                lane => new LaneAccount(lane, gateway, Pace.Of(lane.Options, clock))),
            clock);
        await using var station = Station.Open(Data, Ledgers.OpenRegistry(Data), accounts, clock);
        var conductor = new RunConductor(
            CutOff,
            station.Registry,
            RunStages.At(station, installation, told, Language.Vietnamese),
            time,
            told);
        var conducting = Task.Run(() => station.WithReceiptsAsync(conductor.ConductAsync, CancellationToken.None));
        await time.DriveAsync(conducting);
        Assert.Null(await conducting);
        return told;
    }

    (long Messages, long Excluded, bool Balances) Count(RunKey run)
    {
        var status = RunStatus.Read(Data.AddressOf(run));
        return (status.Messages, status.Excluded, status.Balances);
    }

    /// <summary>Of every message of the run that was cut off.</summary>
    Dictionary<long, MessageStatus> Statuses()
    {
        using var ledger = Ledgers.RunAt(Data.AddressOf(CutOff)).ReadForReport();
        using var messages = ledger.ReadMessages(ledger.ReadTables());
        var found = new Dictionary<long, MessageStatus>();
        while (messages.Next())
            found[messages.Seq] = messages.Status;
        return found;
    }

    void TakeOver(string version)
    {
        _left = LeftBy[version];
        ZipFile.ExtractToDirectory(
            Repository.PathOf($"tests/SmsCampaign.Tests/Storage/Ledgers/{version}.zip"),
            _folder.Path,
            overwriteFiles: true);
    }

    /// <param name="Planned">Messages of <c>dang-gui</c> that nothing was done about.</param>
    /// <param name="OnTheirWay">Of which nothing is known.</param>
    sealed record Left(DateOnly Date, int Planned, int OnTheirWay);
}
