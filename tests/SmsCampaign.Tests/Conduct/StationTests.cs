using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct;

/// <summary>A prepared and approved campaign at the engine's own station, on fake time.</summary>
public sealed class StationTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();
    readonly ToldWatcher _told = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_whose_lanes_are_of_an_older_installation_file_holds_what_was_planned_by_the_newer()
    {
        var before = Installation.Read(_folder.Installation).Installation!;
        _folder.Edit("smscampaign.json", "\"rate\": 500", "\"rate\": 400");
        Approve();

        await using var station = Station.Open(_folder.Data, before.Lanes, new ProcessClock(_folder.Time));
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7)));
        await Conductor(station).ConductAsync(CancellationToken.None);

        var held = Assert.Single(station.Registry.ReadDecisions(Key.Campaign));
        Assert.Equal(DecisionKind.Held, held.What);
        Assert.Contains("rate 400 → 500", held.Reason.Vi, StringComparison.Ordinal);
        Assert.Equal(RunState.Held, station.Registry.Find(Key)!.State);
        Assert.NotNull(station.Registry.FindApproval(Key.Campaign, Key.Date));
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("missing")] // what it handed over today is not known either
    public async Task A_damaged_ledger_keeps_nobody_else_from_sending_and_is_told(string how)
    {
        Approve();
        var ledger = _folder.Ledger();
        if (how == "damaged")
            File.WriteAllText(ledger, "not a ledger, whatever it was");
        else
            File.Delete(ledger);
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("update run_mark set confirmed = 1, reserved = 16"); // it has begun

        await using var station = Station.Open(
            _folder.Data, Installation.Read(_folder.Installation).Installation!.Lanes, new ProcessClock(_folder.Time));

        Assert.Equal(RunAddress.OfFile(ledger), Assert.Single(station.Unread).Ledger);
    }

    [Theory]
    [InlineData("campaign.yaml", "title: Thử nghiệm", "title: Khác", DecisionKind.Held)]
    [InlineData("campaign.yaml", "title: Thử nghiệm", "title: [", DecisionKind.Held)] // in haste
    [InlineData("campaign.yaml", null, null, DecisionKind.Resumed)] // a share that is not there
    [InlineData("subscribers.csv", "0981234561", "0981234569", DecisionKind.Resumed)]
    [InlineData("subscribers.csv", null, null, DecisionKind.Resumed)]
    public async Task What_has_begun_goes_on_by_its_ledger_unless_the_campaign_file_is_rewritten(
        string file, string? before, string? after, DecisionKind expected)
    {
        Approve();
        LedgerBuilder.Add(_folder.Ledger(), rows => rows.Attempt(1, answered: 1, outcome: SendOutcome.Accepted));
        Ledgers.OpenRegistry(_folder.Data).SetState(Key, RunState.Sending, _folder.Time.GetUtcNow());
        if (before is null)
            File.Delete(Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, file));
        else
            _folder.Edit(file, before, after!);

        await using var station = Station.Open(
            _folder.Data, Installation.Read(_folder.Installation).Installation!.Lanes, new ProcessClock(_folder.Time));
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 9, 0, 0, TimeSpan.FromHours(7)));
        using var stopping = new CancellationTokenSource();
        _told.OnDecided = stopping.Cancel; // before anything is sent
        await Conductor(station).ConductAsync(stopping.Token);

        var decision = station.Registry.ReadDecisions(Key.Campaign)[0];
        Assert.Equal(expected, decision.What);
        if (after == "title: Khác")
            Assert.Contains(
                "(title Thử nghiệm → Khác) so với khi bắt đầu gửi", decision.Reason.Vi, StringComparison.Ordinal);
    }

    RunConductor Conductor(Station station) =>
        new(
            Key,
            station.Registry,
            RunStages.At(station, _folder.Installation, _told, Language.English),
            _folder.Time,
            _told);

    void Approve()
    {
        var planned = _folder.Prepare().Planned!;
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.SetState(Key, RunState.Approved, _folder.Time.GetUtcNow());
        registry.Approve(new Approval
        {
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Hash = planned.ApprovedHash,
            ApprovedBy = "Nguyễn Văn A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
    }
}
