using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Campaigns;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Planning;

/// <summary>The same text to much the same people under another campaign's id.</summary>
[Trait("Category", "Slow")]
public sealed class ContentGuardTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public ContentGuardTests()
    {
        // The verbs run on the machine's clock.
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2099-07-30");
        _folder.Edit("campaign.yaml", "reportBy: 2025-09-30", "reportBy: 2099-09-30");
    }

    DataFolder Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("c", "a", "b")]
    public async Task Of_three_copies_of_a_file_only_the_first_is_approved_whichever_it_is(params string[] order)
    {
        foreach (var id in order)
            Copy(id);
        await RunAsync("plan", File(order[2])); // planned before is approved by nobody

        var exits = new List<int>();
        foreach (var id in order)
            exits.Add((await ApproveAsync(id)).Exit);

        Assert.Equal([ExitCode.Done, ExitCode.InputHasProblems, ExitCode.InputHasProblems], exits);
        Assert.Equal([order[0]], Ledgers.OpenRegistry(Data).ReadApprovals().Select(approval => approval.Campaign));
    }

    [Theory]
    [InlineData(RunState.Sending, true)]
    [InlineData(RunState.Finished, true)]
    [InlineData(RunState.Held, true)]
    [InlineData(RunState.Skipped, false)]
    [InlineData(RunState.Planned, false)]
    public async Task A_run_that_may_send_or_has_sent_counts(RunState state, bool counts)
    {
        Copy("a");
        Copy("b");
        await ApproveAsync("a");
        Ledgers.OpenRegistry(Data).SetState(
            new RunKey("a", new DateOnly(2099, 7, 30), false), state, DateTimeOffset.UnixEpoch);

        var (exit, _, errors) = await ApproveAsync("b");

        Assert.Equal(counts ? ExitCode.InputHasProblems : ExitCode.Done, exit);
        Assert.Equal(
            counts, errors.Contains("100% số thuê bao trong chiến dịch 'a' ngày 30/07/2099", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("    text: Toàn dân phòng", "    text: TOÀN  DÂN phòng", true)] // the same to who reads it
    [InlineData("    text: Toàn dân phòng", "    text: Người dân phòng", false)] // another text
    [InlineData("date: 2099-07-30", "date: 2099-08-29", true)] // 30 days later
    [InlineData("date: 2099-07-30", "date: 2099-08-30", false)] // 31
    public async Task The_same_text_within_thirty_days_counts(string before, string after, bool counts)
    {
        Copy("a");
        await ApproveAsync("a");
        Copy("b", before, after);

        Assert.Equal(counts ? ExitCode.InputHasProblems : ExitCode.Done, (await ApproveAsync("b")).Exit);
    }

    [Theory]
    [InlineData("phone\n0981234561\n0911234569\n", true)] // half
    [InlineData("phone\n0981234561\n0911234569\n0911234568\n", false)]
    // half of it has the message
    [InlineData("phone\n0981234561\n0981234562\n0911234563\n0911234569\n0911234568\n0911234567\n", true)]
    [InlineData("phone\n0911234569\n", false)] // the rest, under an id of its own
    public async Task Half_of_the_audience_counts(string subscribers, bool counts)
    {
        Copy("a");
        await ApproveAsync("a");
        Copy("b");
        await System.IO.File.WriteAllTextAsync(_folder.Subscribers, subscribers);

        Assert.Equal(counts ? ExitCode.InputHasProblems : ExitCode.Done, (await ApproveAsync("b")).Exit);
    }

    [Fact]
    public async Task Check_and_plan_warn()
    {
        Copy("a");
        await ApproveAsync("a");
        Copy("b");

        foreach (var verb in new[] { "check", "plan" })
        {
            var (exit, output, errors) = await RunAsync(verb, File("b"));

            Assert.Equal(ExitCode.Done, exit);
            Assert.Contains("trong chiến dịch 'a'", verb == "check" ? output : errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_a_reason_it_is_approved_again_and_that_is_recorded_with_the_approval()
    {
        Copy("a");
        Copy("b");
        await ApproveAsync("a");

        var without = await ApproveAsync("b", "--again");
        var with = await ApproveAsync("b", "--again", "--reason", "nhắc lại theo công văn 5");

        Assert.Equal((ExitCode.InputHasProblems, ExitCode.Done), (without.Exit, with.Exit));
        using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
        var recorded = db.ReadText("select who || ': ' || detail from event where what = 'approve-again'");
        var hash = Ledgers.OpenRegistry(Data).FindApproval("b", new DateOnly(2099, 7, 30))!.Hash;
        Assert.Equal(
            $"Nguyễn Văn A: b/2099-07-30, approval {hash}: same text as a/2099-07-30. nhắc lại theo công văn 5",
            recorded);
    }

    [Fact]
    public async Task It_is_known_also_where_the_other_runs_file_is_gone()
    {
        Copy("a");
        Copy("b");
        await ApproveAsync("a");
        System.IO.File.Delete(Data.Run(new RunKey("a", new DateOnly(2099, 7, 30), false)));

        Assert.Equal(ExitCode.InputHasProblems, (await ApproveAsync("b")).Exit);
    }

    [Fact]
    public async Task What_a_crash_kept_out_of_ledger_db_is_read_from_the_runs_file()
    {
        Copy("a");
        Copy("b");
        await RunAsync("plan", File("a"));
        using (var db = SqliteDb.Open(Data.Ledger))
            db.Execute("delete from content");
        await ApproveAsync("a");

        Assert.Equal(ExitCode.InputHasProblems, (await ApproveAsync("b")).Exit);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_list_far_shorter_than_the_others_is_counted_in_the_ledgers(bool areAmongThem, bool counts)
    {
        await ApproveManyAsync("a");
        await System.IO.File.WriteAllTextAsync(_folder.Subscribers, NumbersOf(areAmongThem ? 500 : 50_000, 20));
        Copy("b");

        Assert.Equal(counts ? ExitCode.InputHasProblems : ExitCode.Done, (await ApproveAsync("b")).Exit);
    }

    [Fact]
    public async Task A_list_that_cannot_be_counted_as_the_others_file_is_gone_may_be_the_same()
    {
        await ApproveManyAsync("a");
        System.IO.File.Delete(Data.Run(new RunKey("a", new DateOnly(2099, 7, 30), false)));
        await System.IO.File.WriteAllTextAsync(_folder.Subscribers, NumbersOf(50_000, 20));
        Copy("b");

        var (exit, _, errors) = await ApproveAsync("b");

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("không so được danh sách", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_date_of_the_same_campaign_is_not_another_campaign()
    {
        Copy("a");
        await ApproveAsync("a");
        Copy("a", "date: 2099-07-30", "date: 2099-07-31");

        var (exit, _, errors) = await ApproveAsync("a", "--reason", "đổi ngày");
        Assert.True(exit == ExitCode.Done, errors);
    }

    [Theory]
    [InlineData(CampaignMode.Exercise, false, 1)]
    [InlineData(CampaignMode.Live, false, 0)]
    [InlineData(CampaignMode.Exercise, true, 0)]
    public async Task Exercises_are_compared_with_exercises_and_rehearsals_with_nothing(
        CampaignMode mode, bool simulated, int found)
    {
        Copy("a");
        Copy("b");
        await ApproveAsync("a");
        await RunAsync("plan", File("b"));
        var key = new RunKey("b", new DateOnly(2099, 7, 30), false);
        var contents = Ledgers.OpenRegistry(Data).Contents.Read(Ledgers.OpenRegistry(Data).Find(key)!.Code);

        Assert.Equal(
            found,
            new ContentGuard(Data).Find(key with { Simulated = simulated }, mode, contents, Data.AddressOf(key)).Count);
    }

    [Fact]
    public async Task Two_approvals_are_not_given_at_once()
    {
        Copy("a");
        Directory.CreateDirectory(Data.Root);
        using var other = PreparingLock.TakeForApproval(Data);

        Assert.Equal(ExitCode.CouldNot, (await ApproveAsync("a")).Exit);
    }

    [Theory]
    [InlineData(1_000_000, 1_000_000, 1.0)]
    [InlineData(1_000_000, 500_000, 0.5)]
    [InlineData(1_000_000, 0, 0)]
    [InlineData(50_000, 50_000, 1.0)]
    public void A_sample_tells_the_share_whatever_the_sizes(int total, int shared, double expected)
    {
        var (one, other) = (new AudienceSketch(7), new AudienceSketch(7));
        for (var at = 0; at < total; at++)
            one.Add(84_900_000_000 + at);
        for (var at = total - shared; at < 1_500_000; at++)
            other.Add(84_900_000_000 + at + (shared == 0 ? 10_000_000 : 0));

        var share = AudienceSketch.ShareOf(one.ToBytes(), one.Total, other.ToBytes(), other.Total)!.Value;

        Assert.InRange(share, expected - 0.03, expected + 0.03);
    }

    [Fact]
    public void A_list_some_hundred_times_shorter_than_the_other_is_not_judged_by_samples()
    {
        var (one, other) = (new AudienceSketch(7), new AudienceSketch(7));
        for (var at = 0; at < 1_000_000; at++)
            other.Add(84_900_000_000 + at);
        for (var at = 0; at < 1_000; at++)
            one.Add(84_900_000_000 + at);

        Assert.Null(AudienceSketch.ShareOf(one.ToBytes(), one.Total, other.ToBytes(), other.Total));
        Assert.InRange(AudienceSketch.ShareOf(other.ToBytes(), other.Total, one.ToBytes(), one.Total)!.Value, 0, 0.01);
    }

    /// <summary>A campaign of more recipients than a sample holds.</summary>
    async Task ApproveManyAsync(string id)
    {
        _folder.Edit("campaign.yaml", "messages: 100, costVnd: 1000000", "messages: 100000, costVnd: 1000000000");
        await System.IO.File.WriteAllTextAsync(_folder.Subscribers, NumbersOf(0, 30_000));
        Copy(id);
        var (exit, _, errors) = await ApproveAsync(id);
        Assert.True(exit == ExitCode.Done, errors);
    }

    static string NumbersOf(int first, int count) =>
        "phone\n" + string.Concat(Enumerable.Range(first, count).Select(at => $"098{1_000_000 + at}\n"));

    string File(string id) => Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, id + ".yaml");

    /// <summary>Copies the campaign file under another id, as the handbook teaches.</summary>
    void Copy(string id, string before = "", string after = "")
    {
        var text = System.IO.File
            .ReadAllText(_folder.CampaignFile)
            .Replace("id: thu-nghiem", "id: " + id, StringComparison.Ordinal);
        Assert.Contains(before, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(
            File(id), before.Length == 0 ? text : text.Replace(before, after, StringComparison.Ordinal));
    }

    Task<(int Exit, string Output, string Errors)> ApproveAsync(string id, params string[] more) =>
        RunAsync(["approve", File(id), "--by", "Nguyễn Văn A", .. more]);

    async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all = [.. args, "--data", Data.Root, "--installation", _folder.Installation];

        var exit = await CommandLine.RunAsync(
            all, new Terminal(output, errors, Language.Vietnamese, false), CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
