using Microsoft.Extensions.Logging;
using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
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

    /// <summary>Whatever came of it: from then on others tell how the run goes.</summary>
    [Fact]
    public async Task The_alert_is_over_once_the_window_opens()
    {
        _folder.Time.Advance(TimeSpan.FromHours(8));
        using var watch = Watch();
        await watch.LookAsync(CancellationToken.None);
        _folder.Time.Advance(TimeSpan.FromHours(15)); // 08:00

        await watch.LookAsync(CancellationToken.None);

        Assert.DoesNotContain(_station.Registry.Alerts.Read(_folder.Time.GetUtcNow()), alert => alert.IsOpen);
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

    ReadyWatch Watch() => new(
        _station,
        new ReadyDesk(_folder.Data, _folder.Installation, _folder.Time, ReadyCases.Well) { FindStale = _ => [] },
        new Logger<ReadyWatch>(LoggerFactory.Create(logging => logging.AddProvider(_log))));
}
