using System.Net;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Pages;

/// <summary>An account that is let go on over all runs, and what is told of one that is not held.</summary>
[Trait("Category", "Slow")]
public sealed class LaneResumePageTests : IAsyncDisposable
{
    const string LanePath = "/kenh-gui/viettel";
    const string Path = $"{LanePath}/gui-tiep";

    static readonly Who Other = Who.Here("Trần Thị B");

    readonly TempFolder _files = new();
    readonly ConsoleCase _case;

    public LaneResumePageTests()
    {
        File.Copy(Repository.PathOf("config/smscampaign.json"), _files.File("smscampaign.json"));
        _case = new ConsoleCase { Installation = _files.File("smscampaign.json") };
    }

    public async ValueTask DisposeAsync()
    {
        await _case.DisposeAsync();
        _files.Dispose();
    }

    [Theory]
    [InlineData("stop", "kênh không còn dừng", "Người dùng an [web:an@")]
    [InlineData("pause", "không còn lệnh tạm dừng ấy", "Người dùng an [web:an@")]
    [InlineData("held-some-2025-07-30", "kênh không còn đứng chờ ở lượt gửi ấy", "Người dùng an: kênh gửi")]
    public async Task A_second_press_is_told_that_it_goes_on_and_by_whom(string form, string gone, string who)
    {
        var an = await OpenAsync();
        await HoldBackAsync(form);
        var seen = (await an.GetStringAsync(Path)).Split("name=\"Given.Seen\" value=\"")[1].Split('"')[0];
        var fields = new Dictionary<string, string>
        {
            ["Given.Form"] = form,
            ["Given.Seen"] = seen,
            ["Given.Waiting"] = "10",
            ["Given.Count"] = "10",
            ["Given.Reason"] = "đã sửa xong",
        };

        var first = await PlannedCase.ForgeAsync(an, Path, "go-on", fields);
        var again = await PlannedCase.ForgeAsync(an, Path, "go-on", fields);

        Assert.Contains("gửi tiếp", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = await again.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains($"Lần bấm này không làm gì: {gone}", page, StringComparison.Ordinal);
        Assert.Contains("10 tin chờ ĐANG được gửi nếu còn trong khung giờ", page, StringComparison.Ordinal);
        Assert.Contains("Không có gì giữ kênh này lại.", page, StringComparison.Ordinal);
        Assert.Contains(who, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA cho gửi tiếp", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_after_a_colleague_is_told_what_holds_it_still()
    {
        var an = await OpenAsync();
        await HoldBackAsync("pause");
        await Control.ResumeAsync(
            Other,
            new OrderScope(null, "viettel"),
            Control.Read(),
            [],
            null,
            "xong",
            TimeSpan.Zero,
            CancellationToken.None);
        await HoldBackAsync("stop");

        var answer = await PlannedCase.ForgeAsync(an, Path, "go-on", new()
        {
            ["Given.Form"] = "pause",
            ["Given.Seen"] = "0123456789abcdef",
            ["Given.Waiting"] = "12",
            ["Given.Count"] = "12",
            ["Given.Reason"] = "đã sửa xong",
        });

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Lần bấm này không làm gì: không còn lệnh tạm dừng ấy", page, StringComparison.Ordinal);
        Assert.Contains("Những gì còn ghi bên dưới giữ phần tin của nó", page, StringComparison.Ordinal);
        Assert.Contains("Trần Thị B [", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CHƯA cho gửi tiếp", page, StringComparison.Ordinal);
        Assert.Single(_case.Registry.Stops.Read());
    }

    [Fact]
    public async Task A_lane_whose_one_run_is_paused_as_a_whole_is_not_said_to_be_free()
    {
        var an = await OpenAsync();
        await PauseAsync(new OrderScope(SomeRun.Description.Key, null), "chờ lãnh đạo");

        var page = await an.GetStringAsync(Path);

        Assert.Contains("chờ lãnh đạo", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có gì giữ kênh này lại.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lane_is_paused_where_the_installation_file_cannot_be_read()
    {
        var an = await OpenAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await an.GetAsync("/kenh-gui/khong-co")).StatusCode);
        await File.WriteAllTextAsync(_case.Installation, "{", TestContext.Current.CancellationToken);

        var answer = await ConsoleCase.PostAsync(
            an, LanePath, "pause", new() { ["Given.Reason"] = "nội dung sai" });

        Assert.Contains("ĐÃ TẠM DỪNG", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("viettel", Assert.Single(Control.Read()).Lane);
    }

    ControlDesk Control => new(_case.Data, _case.Installation, _case.Time);

    async Task<HttpClient> OpenAsync()
    {
        await _case.StartAsync();
        _case.AddRun();
        return await _case.SignInAsync("an", "van-hanh");
    }

    Task<ControlResult> PauseAsync(OrderScope scope, string reason) =>
        Control.PauseAsync(Other, scope, reason, TimeSpan.Zero, CancellationToken.None);

    async Task HoldBackAsync(string form)
    {
        if (form == "stop")
            _case.Registry.Stops.Add(new LaneStop("viettel", _case.Time.GetUtcNow(), "sender not registered"));
        else if (form == "pause")
            await PauseAsync(new OrderScope(null, "viettel"), "bảo trì");
        else
            await HoldAsync();
    }

    /// <summary>The first batch of the run holds the lane.</summary>
    async Task HoldAsync()
    {
        var path = System.IO.Path.Combine(_case.Data.Root, "runs", "some.db");
        using (var db = SqliteDb.Open(path))
        {
            db.Execute("delete from run_info where name like 'canary%'");
            foreach (var (name, value) in (SomeRun.Description with { Canary = CanaryPolicy.Default }).ToRows()
                .Where(row => row.Key.StartsWith("canary", StringComparison.Ordinal)))
                db.Run($"insert into run_info (name, value) values ({name}, {value})");
        }

        await using var ledger = RunLedger.Open(path, new ProcessClock(_case.Time));
        await ledger.Trials.JudgeAsync(
            await ledger.Trials.BeginAsync(SomeRun.LaneId, 50),
            TrialState.Held,
            new TrialFinding(TrialVerdict.FewReceipts, 50, 0, 60, null, Reason.None, null));
    }
}
