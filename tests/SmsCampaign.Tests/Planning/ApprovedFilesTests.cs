using Microsoft.Extensions.Logging.Abstractions;
using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.Planning;

public sealed class ApprovedFilesTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public ApprovedFilesTests() => _folder.Prepare();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "campaign.yaml",
        "sender: CHINH PHU",
        "sender: CONG AN",
        "the campaign file says something else (sender CHINH PHU → CONG AN)")]
    [InlineData("subscribers.csv", "0981234561", "0981234569", "the audience file subscribers.csv was changed")]
    [InlineData("tu-choi.csv", "0981234564", "0981234562", "the suppression list tu-choi.csv was changed")]
    [InlineData("prefixes.csv", "viettel", "viettel\n", "the prefix table prefixes.csv was changed")]
    [InlineData(
        "smscampaign.json",
        "http://127.0.0.1:8099/viettel",
        "http://127.0.0.1:8098/viettel",
        "the lane 'viettel' was changed: url")]
    public void What_was_changed_after_the_plan_is_said_and_not_once_it_is_put_back(
        string file, string before, string after, string said)
    {
        Assert.Empty(Find());

        _folder.Edit(file, before, after);
        Assert.StartsWith(said, Assert.Single(Find()).En, StringComparison.Ordinal);

        _folder.Edit(file, after, before);
        Assert.Empty(Find());
    }

    [Fact]
    public void A_change_is_found_by_content_whatever_the_files_date_and_length_say()
    {
        var when = File.GetLastWriteTimeUtc(_folder.Subscribers);
        _folder.Edit("subscribers.csv", "0981234561", "0981234569");
        File.SetLastWriteTimeUtc(_folder.Subscribers, when);

        Assert.Single(Find());
    }

    [Fact]
    public void Every_file_that_cannot_be_read_is_named()
    {
        File.Delete(_folder.Subscribers);
        Directory.CreateDirectory(_folder.Subscribers);
        _folder.Edit("smscampaign.json", "carriers.csv", "none.csv");

        var said = string.Join(' ', Find().Select(change => change.En));

        Assert.Contains("subscribers.csv", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_worker_records_a_change_once_and_that_it_was_put_back()
    {
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.SetState(Run.ToKey(), RunState.Approved, _folder.Time.GetUtcNow());
        await LookAsync();
        Assert.Empty(Events());

        _folder.Edit("subscribers.csv", "0981234561", "0981234569");
        await LookAsync();
        await LookAsync();
        Assert.Equal(["files-changed"], Events());

        _folder.Edit("tu-choi.csv", "0981234564", "0981234562");
        await LookAsync();
        Assert.Equal(["files-changed", "files-changed"], Events());

        _folder.Edit("tu-choi.csv", "0981234562", "0981234564");
        _folder.Edit("subscribers.csv", "0981234569", "0981234561");
        await LookAsync();
        await LookAsync();
        Assert.Equal(["files-changed", "files-changed", "files-restored"], Events());
        Assert.Equal(RunState.Approved, Run.State);
    }

    [Fact]
    public async Task What_breaks_the_look_at_one_run_keeps_nobody_from_the_others()
    {
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.SetState(Run.ToKey(), RunState.Approved, _folder.Time.GetUtcNow());
        registry.AddRun(Run with { Key = "a/2025-07-30", Campaign = "a", Code = "a0000000" }, _folder.Time.GetUtcNow());
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            // which no path can be
            db.Execute("update run set state = 'Approved', campaign_file = 'x' || char(0) where key = 'a/2025-07-30'");
        _folder.Edit("subscribers.csv", "0981234561", "0981234569");

        await LookAsync();

        Assert.Equal(["files-changed"], Events());
    }

    RunRecord Run => Assert.Single(Ledgers.OpenRegistry(_folder.Data).ReadRuns());

    IReadOnlyList<Wording> Find() =>
        ApprovedFiles.FindChanges(_folder.Data, Run, _folder.Installation, _folder.Time.GetUtcNow());

    /// <summary>As a worker that was just started.</summary>
    async Task LookAsync()
    {
        await using var station = Station.Open(
            _folder.Data, Installation.Read(_folder.Installation).Installation!.Lanes, new ProcessClock(_folder.Time));
        using var watch = new RecordsWatch(station, _folder.Installation, NullLogger<RecordsWatch>.Instance);
        watch.LookAtFiles();
    }

    List<string> Events()
    {
        using var db = SqliteDb.Open(_folder.Data.Ledger, readOnly: true);
        using var rows = db.Prepare("select what from event order by id");
        var found = new List<string>();
        while (rows.Step())
            found.Add(rows.Text(0)!);
        return found;
    }
}
