using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

public sealed class ResumeCommandTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly IRegistry _registry;

    public ResumeCommandTests()
    {
        _registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));
        _registry.Stops.Add(new LaneStop(
            "viettel",
            new DateTimeOffset(2025, 7, 30, 1, 5, 0, TimeSpan.Zero),
            "HTTP 401: the account is not let in",
            Cause: HoldCause.NotLetIn));
        _registry.Stops.Add(
            new LaneStop("vnpt", new DateTimeOffset(2025, 7, 30, 1, 6, 0, TimeSpan.Zero), "code 15, 84912345678"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("resume")]
    [InlineData("status")]
    public async Task It_says_what_the_gateway_said_and_what_to_do(string verb)
    {
        var (code, output) = await RunAsync(verb);

        Assert.Equal(0, code);
        Assert.Contains("Kênh gửi 'viettel' ĐÃ DỪNG lúc 30/07/2025 08:05", output, StringComparison.Ordinal);
        Assert.Contains("cổng nhắn tin từ chối đăng nhập", output, StringComparison.Ordinal);
        Assert.Contains("sms-campaign resume viettel --by", output, StringComparison.Ordinal);
        Assert.Contains("(nhà mạng trả lời: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("84912345678", output, StringComparison.Ordinal);
        Assert.Equal(2, _registry.Stops.Read().Count);
    }

    [Fact]
    public void Where_only_a_lane_is_held_it_says_so_with_what_is_to_be_typed()
    {
        var finding = new ControlFinding.NotPaused(Held.Scope with { Lane = null }, [], new HeldLanes([Held], []));

        var said = ControlText.Of(finding).What.Vi;

        Assert.Contains("Kênh gửi đứng chờ vì quá nhiều tin hỏng: ", said, StringComparison.Ordinal);
        Assert.Contains("resume some --date 2025-07-30 --lane viettel --by", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_ends_a_pause_is_told_of_a_hold_that_ends_with_it()
    {
        var said = TriedLanes.Released(Held).Vi;

        Assert.Contains("30/50 tin bị từ chối hoặc thất bại", said, StringComparison.Ordinal);
        Assert.Contains("Lệnh này cũng cho kênh ấy gửi tiếp", said, StringComparison.Ordinal);
    }

    static HeldLane Held => new(
        RunKey.Parse("some/2025-07-30"),
        "viettel",
        new LaneTrial(
            1, 1, TrialKind.Guard, TrialState.Held, 1, 1, 0, 0,
            new TrialFinding(TrialVerdict.Failed, 50, 30, 20, FailureClass.Content, Reason.None, "code 31")),
        10);

    [Theory]
    [InlineData("resume")]
    [InlineData("resume", "viettel", "--by", "Trần Thị B")]
    public async Task That_a_run_cannot_be_read_is_said_and_nothing_is_called_free(params string[] arguments)
    {
        var key = SomeRun.Description.Key;
        _registry.AddRun(
            new RunRecord
            {
                Key = key.ToString(),
                Campaign = key.Campaign,
                Date = key.DateText,
                Code = SomeRun.Code,
                State = RunState.Sending,
                File = "runs/some.db",
                CampaignFile = "campaign.yaml",
                Definition = "",
                DefinitionHash = "a",
                AudienceHash = "b",
                PlanHash = "c",
            },
            new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
        foreach (var stop in _registry.Stops.Read().Where(stop => arguments.Length == 1 || stop.Lane != "viettel"))
            _registry.Stops.Remove(stop.Lane, _ => true, new DateTimeOffset(2025, 7, 30, 2, 0, 0, TimeSpan.Zero));

        var (code, output) = await RunAsync(arguments);

        Assert.Equal(1, code);
        Assert.Contains("KHÔNG đọc được sổ của lượt gửi some", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có kênh gửi nào đang dừng", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_are_told_too()
    {
        var (_, output) = await RunAsync("status", "--json");

        var stopped = JsonDocument.Parse(output).RootElement.GetProperty("stoppedLanes");
        Assert.Equal(
            ["viettel", "vnpt"], stopped.EnumerateArray().Select(stop => stop.GetProperty("lane").GetString()));
        Assert.DoesNotContain("84912345678", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lane_goes_on_and_the_others_stay()
    {
        var (code, output) = await RunAsync("resume", "viettel", "--by", "Trần Thị B");

        Assert.Equal(0, code);
        Assert.Contains("Trần Thị B", output, StringComparison.Ordinal);
        Assert.Equal("vnpt", Assert.Single(_registry.Stops.Read()).Lane);
    }

    [Fact]
    public async Task What_is_recorded_holds_no_whole_number()
    {
        await RunAsync("resume", "vnpt", "--by", "Trần Thị B");

        using var db = SqliteDb.Open(new DataFolder(_folder.Path).Ledger, readOnly: true);
        Assert.Equal(
            "Trần Thị B|resume|lane vnpt: code 15, 84912***678",
            db.ReadText("select who || '|' || what || '|' || detail from event"));
    }

    [Theory]
    [InlineData("Cần ghi người quyết định", "resume", "viettel")]
    [InlineData("Cần ghi kênh gửi", "resume", "--by", "B")]
    [InlineData(
        "Kênh gửi 'mobifone' không bị dừng. Các kênh đang dừng: viettel, vnpt.",
        "resume",
        "viettel",
        "mobifone",
        "--by",
        "B")]
    public async Task With_a_problem_nothing_is_done(string said, params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal(2, _registry.Stops.Read().Count);
    }

    async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", _folder.Path],
            new Terminal(output, output, Language.Vietnamese, outputIsTerminal: false),
            CancellationToken.None);
        return (code, Shown.Flat(output.ToString()));
    }
}
