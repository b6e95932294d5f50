using Microsoft.Extensions.Logging;
using SmsCampaign.Alerts;
using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Office.Readiness;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

public sealed class ReadyWatchTests : IAsyncDisposable
{
    readonly PreparationFolder _folder = new();
    readonly KeptLog _log = new();
    readonly Station _station;

    public ReadyWatchTests()
    {
        _folder.Prepare();
        _station = Station.Open(_folder.Data, [], new ProcessClock(_folder.Time));
    }

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_it_finds_is_kept_logged_and_told_and_not_looked_at_twice()
    {
        _folder.Time.Advance(TimeSpan.FromHours(8)); // 17:00
        using var watch = Watch();

        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        var look = _station.Registry.ReadyBook.FindLast(ReadyCases.Key)!;
        Assert.Equal((ReadyStage.DayBefore, ReadyLight.Red), (look.Stage, look.Light));
        var alert = Assert.Single(_station.Registry.Alerts.Read(look.At)).Alert;
        Assert.Equal((AlertKind.NotReady, AlertSeverity.Warning), (alert.Kind, alert.Severity));
        Assert.Equal("chưa sẵn sàng: thu-nghiem, ngày 30/07/2025, mở lúc 30/07/2025 08:00", alert.What.Vi);
        Assert.Contains(
            "Phê duyệt: CHƯA PHÊ DUYỆT, không gửi. Hãy trình phê duyệt", alert.Detail.Vi, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Text.StartsWith(
            "thu-nghiem/2025-07-30 is NOT READY for its opening at 2025-07-30 01:00:00Z: NOT READY: 2 things to mend, ",
            StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Text.StartsWith(
            "thu-nghiem/2025-07-30: Approval: NOT APPROVED, nothing is sent. Have it approved",
            StringComparison.Ordinal));
    }

    /// <summary>A kill came between the two.</summary>
    [Theory]
    [InlineData(ReadyLight.Red, true)]
    [InlineData(ReadyLight.Green, false)]
    public async Task What_was_kept_and_not_told_is_told_by_the_next_process(ReadyLight light, bool isOpen)
    {
        _folder.Time.Advance(TimeSpan.FromHours(8));
        var (registry, now) = (_station.Registry, _folder.Time.GetUtcNow());
        using (var before = Watch())
            await before.LookAsync(CancellationToken.None);
        var look = registry.ReadyBook.FindLast(ReadyCases.Key)!;
        if (light == ReadyLight.Red)
            registry.Alerts.SetOver(AlertKind.NotReady, $"{look.Run}", now);
        registry.ReadyBook.Keep(look with
        {
            At = now.AddMinutes(1),
            Lines = [new ReadyLine(ReadyDesk.Look, null, light, new Wording("thử", "tried"))],
        });
        _folder.Time.Advance(TimeSpan.FromMinutes(1));

        using var next = Watch();
        await next.LookAsync(CancellationToken.None);

        Assert.Equal(isOpen, registry.Alerts.Read(_folder.Time.GetUtcNow()).Any(raised => raised.IsOpen));
    }

    /// <summary>Whatever came of it: from then on others tell how the run goes.</summary>
    [Fact]
    public async Task The_alert_is_over_once_the_window_opens()
    {
        _folder.Time.Advance(TimeSpan.FromHours(8));
        using var watch = Watch();
        await watch.LookAsync(CancellationToken.None);
        _folder.Time.Advance(TimeSpan.FromHours(15)); // 08:00

        await watch.LookAsync(CancellationToken.None);

        // It is no "over": nothing of it was mended.
        var alert = Assert.Single(_station.Registry.Alerts.Read(_folder.Time.GetUtcNow()));
        Assert.False(alert.IsOpen);
        Assert.Equal(
            "đã tới giờ mở, lần kiểm tra cuối vẫn CHƯA SẴN SÀNG: thu-nghiem, ngày 30/07/2025", alert.Alert.What.Vi);
        Assert.Equal(
            $"[SmsCampaign Sở] {alert.Alert.What.Vi}",
            new AlertText(alert, AlertNews.Over, 1, new AlertPlace("Sở", "may", "/")).Subject.Vi);
    }

    [Fact]
    public async Task Once_it_is_ready_that_is_told()
    {
        _folder.Time.Advance(TimeSpan.FromHours(8));
        using var watch = Watch();
        await watch.LookAsync(CancellationToken.None);
        Approve();
        using var held = SendingLock.TryTake(_folder.Data, _folder.Time);
        _folder.Time.Advance(ReadyTimes.Again);
        new LifeSigns(_folder.Data, "worker", _folder.Time).Give();

        await watch.LookAsync(CancellationToken.None);

        var alert = Assert.Single(_station.Registry.Alerts.Read(DateTimeOffset.MinValue));
        Assert.False(alert.IsOpen);
        Assert.Equal("nay đã sẵn sàng: thu-nghiem, ngày 30/07/2025, mở lúc 30/07/2025 08:00", alert.Alert.What.Vi);
    }

    /// <summary>Rows of one campaign that nobody can read are that campaign's.</summary>
    [Fact]
    public async Task One_run_that_cannot_be_looked_at_is_red_and_keeps_no_other_from_being_looked_at()
    {
        var registry = _station.Registry;
        var other = ReadyCases.Key with { Campaign = "khac" };
        registry.AddRun(
            registry.Find(ReadyCases.Key)! with
            {
                Key = other.ToString(),
                Campaign = other.Campaign,
                Code = "khac0000",
                File = "runs/khac-2025-07-30.db",
            },
            _folder.Time.GetUtcNow());
        File.Copy(_folder.Ledger(), _folder.Data.Run(other));
        Approve();
        var at = _folder.Time.GetUtcNow();
        registry.Record(new Decision(ReadyCases.Key, at, at, DecisionKind.Released, new Wording("", "")));
        using (var db = SqliteDb.Open(_folder.Data.Ledger))
            db.Execute("update decision set what = 'không ai biết'");
        _folder.Time.Advance(TimeSpan.FromHours(8));

        await Watch().LookAsync(CancellationToken.None);

        var looks = new[] { other, ReadyCases.Key }.Select(each => registry.ReadyBook.FindLast(each)!).ToList();
        Assert.Contains(looks[0].Lines, line => line.Check == ApprovalCheck.Called);
        Assert.Equal((ReadyDesk.Look, ReadyLight.Red), (looks[1].Lines[0].Check, looks[1].Light));
        Assert.StartsWith("không kiểm tra được: ", looks[1].Lines[0].Found.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_alert_that_cannot_be_ended_keeps_no_other_open()
    {
        var at = _folder.Time.GetUtcNow();
        foreach (var about in new[] { "không phải lượt gửi", "khac/2025-07-01" })
            _station.Registry.Alerts.Raise(
                new Alert(AlertKind.NotReady, about, AlertSeverity.Urgent, at, new("a", "a"), new("", ""), new("", "")),
                at);

        await Watch().LookAsync(CancellationToken.None);

        Assert.Equal(
            [true, false], _station.Registry.Alerts.Read(at).Select(alert => alert.IsOpen));
        Assert.Single(
            _log.Lines, line => line.Text.StartsWith("Whether all is ready cannot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_installation_file_that_cannot_be_read_any_more_is_red_too()
    {
        _folder.Time.Advance(TimeSpan.FromHours(8));
        _folder.Edit("smscampaign.json", "\"rate\": 500", "\"rate\": \"nhanh\"");

        await Watch().LookAsync(CancellationToken.None);

        var line = _station.Registry.ReadyBook.FindLast(ReadyCases.Key)!.Lines[0];
        Assert.Equal((ReadyDesk.Settings, ReadyLight.Red), (line.Check, line.Light));
    }

    [Fact]
    public async Task Where_it_cannot_look_it_says_so_once_and_tries_again()
    {
        _folder.Time.Advance(TimeSpan.FromHours(8));
        var blocked = _folder.Data.Ledger + ".blocked";
        using var watch = Watch();
        File.Move(_folder.Data.Ledger, blocked);
        Directory.CreateDirectory(_folder.Data.Ledger);
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        Assert.Single(
            _log.Lines, line => line.Text.StartsWith("Whether all is ready cannot", StringComparison.Ordinal));

        Directory.Delete(_folder.Data.Ledger);
        File.Move(blocked, _folder.Data.Ledger);
        await watch.LookAsync(CancellationToken.None);

        Assert.NotNull(_station.Registry.ReadyBook.FindLast(ReadyCases.Key));
    }

    void Approve() => Assert.IsType<ApprovalResult.Given>(
        new ApprovalDesk(_folder.Data, _folder.Time).Approve(
            new Who("Trần Thị B", "b", "may"),
            new ApprovalOrder(_folder.Request(), Seen: null),
            CancellationToken.None));

    ReadyWatch Watch() => new(
        _station,
        new ReadyDesk(_folder.Data, _folder.Installation, _folder.Time, ReadyCases.Well) { FindStale = _ => [] },
        new Logger<ReadyWatch>(LoggerFactory.Create(logging => logging.AddProvider(_log))));
}
