using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Office.Readiness;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Office;

/// <summary>A campaign of three messages on two lanes, looked at the day before; the world outside is well unless a
/// test says otherwise.</summary>
public sealed class ReadyDeskTests : IDisposable
{
    static readonly Who Officer = new("Trần Thị B", "b", "may");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_approved_run_with_a_worker_is_ready_but_for_what_nobody_can_know()
    {
        Approve();
        using var worker = RunWorker();

        var looked = await LookAsync();

        Assert.Equal(ReadyCases.Key, looked.Run);
        Assert.DoesNotContain(looked.Lines, line => line.Light == ReadyLight.Red);
        Assert.Equal(["backup", "alerts"], looked.Lines.Where(line => line.Light == ReadyLight.Amber).Select(
            line => line.Check));
        Says("mở lúc 30/07/2025 08:00 (còn 23 giờ), đóng lúc 30/07/2025 20:00.", Find(looked, "opening"));
        Says("Trần Thị B, lúc 29/07/2025 09:00; ", Find(looked, "approval"));
        Says("dự kiến xong lúc 30/07/2025 08:0", Find(looked, "forecast"));
        Assert.Equal(["viettel", "vinaphone"], looked.Lanes.Select(lane => lane.Name));
    }

    [Fact]
    public async Task A_run_that_nobody_approved_is_red_with_what_to_do()
    {
        _folder.Prepare();

        var looked = await LookAsync();

        Assert.Equal(["worker", "opening", "approval"], Reds(looked));
        Assert.Contains("sms-campaign approve", Find(looked, "approval").ToDo!.Value.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_since_is_red()
    {
        Approve();
        using var worker = RunWorker();
        _folder.Edit("subscribers.csv", "0981234561", "0981234567");

        var looked = await LookAsync();

        Assert.Equal(["files"], Reds(looked));
        Assert.StartsWith("khác bản đã phê duyệt: ", Find(looked, "files").Found.Vi, StringComparison.Ordinal);
    }

    /// <summary>Who runs the verb may read what the service may not.</summary>
    [Fact]
    public async Task Files_that_another_account_can_read_are_a_note_until_the_service_has_read_them()
    {
        Approve();
        using var held = SendingLock.TryTake(_folder.Data, _folder.Time);
        var check = new FilesCheck(
            _ => new LifeSign("worker", 7, "may-chu", ReadyCases.Now, ReadyCases.Now) { Account = "sms-campaign" },
            "root");

        ReadyCases.Is(
            ReadyLight.Amber, "dịch vụ chạy bằng tài khoản sms-campaign", await check.LookAsync(OfRun()));

        Ledgers.OpenRegistry(_folder.Data).ReadyBook.Keep(new ReadyLook(
            ReadyCases.Key, ReadyCases.Opening.Opens, ReadyStage.DayBefore, _folder.Time.GetUtcNow(), "worker",
            [new ReadyLine(FilesCheck.Called, null, ReadyLight.Green, new Wording("được", "good"))]));
        ReadyCases.Is(
            ReadyLight.Green, "dịch vụ tự đọc được lúc 29/07/2025 09:00", await check.LookAsync(OfRun()));
    }

    [Fact]
    public async Task A_ledger_that_was_written_past_the_program_is_red()
    {
        Approve();
        using var worker = RunWorker();
        using (var db = SqliteDb.Open(_folder.Ledger()))
            db.Execute("update run_info set value = 'KE GIAN' where name = 'sender'");

        Assert.Equal(["approval", "ledger"], Reds(await LookAsync()));
    }

    [Fact]
    public async Task A_ledger_with_broken_pages_is_red()
    {
        Approve();
        using var worker = RunWorker();
        using (var file = File.OpenWrite(_folder.Ledger()))
        {
            file.Position = 4096;
            file.Write(new byte[4096]);
        }

        Assert.Contains("ledger", Reds(await LookAsync()));
    }

    [Fact]
    public async Task A_record_that_was_changed_is_red()
    {
        Approve();
        using var worker = RunWorker();
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("update approval set approved_by = 'kẻ gian'");

        Assert.Contains("audit", Reds(await LookAsync()));
    }

    [Fact]
    public async Task A_stopped_lane_of_the_run_is_red_and_one_of_others_is_not()
    {
        Approve();
        using var worker = RunWorker();
        var stops = Ledgers.OpenRegistry(_folder.Data).Stops;
        stops.Add(new LaneStop("mobifone", DateTimeOffset.UnixEpoch, "HTTP 401"));
        Assert.Empty(Reds(await LookAsync()));

        stops.Add(new LaneStop("viettel", DateTimeOffset.UnixEpoch, "HTTP 401"));
        var looked = await LookAsync();

        Assert.Equal(["lane-stop"], Reds(looked));
        Assert.Equal("viettel", Find(looked, "lane-stop").Subject);
    }

    /// <summary>Between two days of sending: it would stand still, or send as nobody would expect.</summary>
    [Theory]
    [InlineData(null, ReadyLight.Red, "Kênh gửi 'viettel' ĐỨNG CHỜ sau loạt tin đầu", "thêm --without-receipts")]
    [InlineData(TrialRelease.WithoutReceipts, ReadyLight.Amber, "loạt tin đầu mới không xét biên nhận", null)]
    [InlineData(TrialRelease.WithoutFirstBatch, ReadyLight.Amber, "gửi hết luôn, không qua loạt tin đầu", null)]
    public async Task A_lane_that_its_first_batch_holds_is_red_and_one_that_a_person_opened_is_told_of(
        TrialRelease? release, ReadyLight light, string said, string? advised)
    {
        Approve();
        using var worker = RunWorker();
        var kept = Ledgers.RunAt(_folder.Data.AddressOf(ReadyCases.Key));
        var clock = new ProcessClock(_folder.Time);
        await using (var ledger = kept.Open(clock, ReadyCases.Key, _folder.Data))
        {
            var lane = ledger.Info.Lanes.Values.First(each => each.Name == "viettel").Id;
            var held = await ledger.Trials.JudgeAsync(
                await ledger.Trials.BeginAsync(lane, 50),
                TrialState.Held,
                new TrialFinding(TrialVerdict.FewReceipts, 50, 0, 60, null, Reason.None, null));
            if (release is { } how)
                Assert.True(kept.Release(held, clock, how));
        }

        var line = Find(await LookAsync(), "lane-stop");

        Assert.Equal((light, "viettel"), (line.Light, line.Subject));
        Assert.Contains(said, line.Found.Vi, StringComparison.Ordinal);
        if (advised is null)
            Assert.Null(line.ToDo);
        else
            Assert.Contains(advised, line.ToDo!.Value.Vi, StringComparison.Ordinal);
    }

    /// <summary>Its window is open and messages wait, or has closed until tomorrow.</summary>
    [Theory]
    [InlineData(8, ReadyLight.Red)]
    [InlineData(21, ReadyLight.Amber)]
    public async Task A_lane_that_hands_nothing_over_is_not_called_well(int hour, ReadyLight light)
    {
        const string Name = "vinaphone";
        Approve();
        using var worker = RunWorker();
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, hour, 30, 0, TimeSpan.FromHours(7)));
        Ledgers.OpenRegistry(_folder.Data).SetState(ReadyCases.Key, RunState.Sending, _folder.Time.GetUtcNow());
        var at = ProcessClock.ToMicros(_folder.Time.GetUtcNow());
        await using (var ledger = Ledgers.RunAt(_folder.Data.AddressOf(ReadyCases.Key)).Open(
            new ProcessClock(_folder.Time), ReadyCases.Key, _folder.Data))
        {
            var lane = ledger.Info.Lanes.Values.First(each => each.Name == Name).Id;
            await ledger.HoldAsync(
                lane, new LaneChange(LaneChangeKind.NotTaken, at, at + 9, 50, "refused", HoldCause.NoConnection));
        }

        var line = Find(await LookAsync(), "lane-stop");

        Assert.Equal((light, Name), (line.Light, line.Subject));
        Assert.StartsWith("không chuyển được tin nào từ ", line.Found.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(329, ReadyLight.Red, "số dư 329 đồng không đủ cho lượt gửi này: cần 330 đồng")]
    [InlineData(330, ReadyLight.Green, "đủ cho lượt gửi này (330 đồng, chưa kể thuế)")]
    public async Task A_balance_is_held_to_what_the_run_still_costs_on_the_lane(
        long balance, ReadyLight light, string said)
    {
        Approve(); // one message of one part, 330 đồng, on vinaphone
        using var worker = RunWorker();
        var asked = new ReadyCases.Accounts(lane => lane.Name == "vinaphone"
            ? [new AccountFinding(true, new Wording("vào được.", "let in.")) { BalanceVnd = balance }]
            : null);

        var looked = await LookAsync(tools: ReadyCases.Well with { Accounts = asked });

        var line = looked.Lines.Last(each => each is { Check: "lane-account", Subject: "vinaphone" });
        Assert.Contains(said, line.Found.Vi, StringComparison.Ordinal);
        Assert.Equal(light, line.Light);
    }

    /// <summary>Two messages on a lane that takes one a minute.</summary>
    [Theory]
    [InlineData("20:00", "drop", ReadyLight.Green, "dự kiến xong lúc 30/07/2025 08:02")]
    [InlineData("08:01", "next-day", ReadyLight.Amber, "không xong trong ngày đầu")]
    [InlineData("08:01", "drop", ReadyLight.Red, "KHÔNG kịp: hết giờ ngày 30/07/2025 còn khoảng 1 tin")]
    public async Task What_does_not_fit_the_hours_that_are_left_is_said(
        string closes, string leftovers, ReadyLight light, string said)
    {
        _folder.Edit("campaign.yaml", "to: \"20:00\"", $"to: \"{closes}\"");
        _folder.Edit("campaign.yaml", "leftovers: next-day", $"leftovers: {leftovers}");
        _folder.Edit(
            "smscampaign.json",
            "\"rate\": 500",
            """
            "rate": 500, "limits": [{ "most": 1, "of": "messages", "per": "minute" }]
            """);
        Approve();

        ReadyCases.Is(light, said, await new ForecastCheck().LookAsync(OfRun()));
    }

    [Fact]
    public async Task Without_a_campaign_it_looks_at_the_installation_and_makes_nothing()
    {
        var looked = await LookAsync(new ReadyWish(null, null, []));

        Assert.Null(looked.Run);
        Assert.Empty(Reds(looked));
        Assert.DoesNotContain(looked.Lines, line => line.Check is "approval" or "files" or "forecast");
        Assert.False(Directory.Exists(_folder.Data.Root));
    }

    [Fact]
    public async Task Lanes_that_are_named_are_all_that_is_looked_at()
    {
        var looked = await LookAsync(new ReadyWish(null, null, ["viettel"]));

        Assert.All(looked.Lines, line => Assert.Equal("viettel", line.Subject));
        Assert.NotEmpty(looked.Lines);
    }

    [Fact]
    public async Task A_lane_that_is_not_there_and_a_broken_file_are_refused_with_all_that_is_wrong()
    {
        _folder.Edit("smscampaign.json", "\"rate\": 500", "\"rate\": 500, \"toc-do\": 1");

        var refused = Assert.IsType<ReadyResult.Refused>(
            await Desk().LookAsync(new ReadyWish(null, null, ["vietel"]), CancellationToken.None));

        Assert.Contains(refused.Problems, problem => problem.What.Vi.Contains("toc-do", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_campaign_that_is_not_there_is_not_ready()
    {
        _folder.Prepare();

        Assert.IsType<ReadyResult.NoRun>(
            await Desk().LookAsync(new ReadyWish("khac", null, []), CancellationToken.None));
    }

    /// <summary>The worker uses the lanes of the installation file as it was at its start.</summary>
    [Fact]
    public async Task A_worker_whose_lanes_are_of_before_is_red()
    {
        Approve();
        var desk = new ReadyDesk(_folder.Data, _folder.Installation, _folder.Time, ReadyCases.Well)
        {
            FindStale = _ => [new Wording("kênh viettel: rate", "lane viettel: rate")],
        };

        var looked = Assert.IsType<ReadyResult.Looked>(
            await desk.LookAsync(new ReadyWish("thu-nghiem", null, []), CancellationToken.None));

        Assert.Equal(["approval"], Reds(looked));
        Assert.Contains("kênh viettel: rate", Find(looked, "approval").Found.Vi, StringComparison.Ordinal);
    }

    static void Says(string beginning, ReadyLine line) =>
        Assert.StartsWith(beginning, line.Found.Vi, StringComparison.Ordinal);

    static ReadyLine Find(ReadyResult.Looked looked, string check) => looked.Lines.First(line => line.Check == check);

    static IReadOnlyList<string> Reds(ReadyResult.Looked looked) =>
        [.. looked.Lines.Where(line => line.Light == ReadyLight.Red).Select(line => line.Check)];

    ReadyCase OfRun()
    {
        var registry = Ledgers.OpenRegistry(_folder.Data);
        var read = SmsCampaign.Installations.Installation.Read(_folder.Installation).Installation!;
        var about = ReadyCases.Of([.. read.Lanes]);
        return about with
        {
            Data = _folder.Data,
            Now = _folder.Time.GetUtcNow(),
            Registry = registry,
            Key = ReadyCases.Key,
            Run = registry.Find(ReadyCases.Key),
            Opening = ReadyCases.Opening,
            Overview = MachinePartsTests.OverviewOf(_folder),
        };
    }

    ReadyDesk Desk(ReadyTools? tools = null) =>
        new(_folder.Data, _folder.Installation, _folder.Time, tools ?? ReadyCases.Well);

    async Task<ReadyResult.Looked> LookAsync(ReadyWish? wish = null, ReadyTools? tools = null) =>
        Assert.IsType<ReadyResult.Looked>(
            await Desk(tools).LookAsync(wish ?? new ReadyWish("thu-nghiem", null, []), CancellationToken.None));

    SendingLock RunWorker()
    {
        var held = SendingLock.TryTake(_folder.Data, _folder.Time)!;
        new LifeSigns(_folder.Data, "worker", _folder.Time).Give();
        return held;
    }

    void Approve() => Assert.IsType<ApprovalResult.Given>(
        new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            Officer, new ApprovalOrder(_folder.Request(), Seen: null), CancellationToken.None));
}
