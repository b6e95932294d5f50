using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Alerts;
using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>The worker's own service, from what stands in the data folder to the mail.</summary>
public sealed class AlertServiceTests : IAsyncDisposable
{
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly Station _station;

    public AlertServiceTests() =>
        _station = Station.Open(new DataFolder(_folder.Path), [], new ProcessClock(_time));

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_stands_in_the_data_folder_comes_by_mail()
    {
        await using var mails = await SmtpCatcher.StartAsync();
        _station.Registry.Stops.Add(new LaneStop("viettel", _time.GetUtcNow(), "code 15"));
        using var service = Begin(mails.Port);

        await UntilAsync(() => _station.Registry.Alerts.Read(_time.GetUtcNow()).Count > 0);
        _time.Advance(Turn);
        await mails.First.WaitAsync(Patience.ForAnything);
        await service.StopAsync(CancellationToken.None);

        Assert.Contains("kênh gửi 'viettel' đã dừng hẳn", Assert.Single(mails.Mails).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_ledger_db_cannot_be_read_for_a_minute_that_comes_by_mail_too()
    {
        await using var mails = await SmtpCatcher.StartAsync();
        File.Delete(_station.Data.Ledger + "-wal");
        File.WriteAllText(_station.Data.Ledger, new string('x', 4_096));
        using var service = Begin(mails.Port);

        // A mail under way has as long as it takes, or is tried again.
        for (var clock = Stopwatch.StartNew(); !mails.First.IsCompleted && clock.Elapsed < Patience.ForAnything;)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await ((Task)mails.First.WaitAsync(TimeSpan.FromMilliseconds(200))).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await service.StopAsync(CancellationToken.None);
        var mail = mails.Mails[0];
        Assert.Contains("hồ sơ của chương trình không còn nguyên vẹn", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("ledger.db", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_never_answers_holds_up_no_look()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _station.Registry.Stops.Add(new LaneStop("viettel", _time.GetUtcNow(), "code 15"));
        using var service = Begin(((IPEndPoint)silent.LocalEndpoint).Port);
        await UntilAsync(() => _station.Registry.Alerts.Read(_time.GetUtcNow()).Count > 0);
        var accepting = silent.AcceptTcpClientAsync();
        _time.Advance(Turn);
        using var waiting = await accepting.WaitAsync(Patience.ForAnything);

        _station.Registry.Stops.Add(new LaneStop("vnpt", _time.GetUtcNow(), "code 15"));
        for (var turns = 0; turns < 10 && !IsRaised("vnpt"); turns++) // the mail has 120 s
        {
            _time.Advance(Turn);
            for (var clock = Stopwatch.StartNew(); !IsRaised("vnpt") && clock.Elapsed < TimeSpan.FromSeconds(5);)
                await Task.Yield();
        }

        Assert.True(IsRaised("vnpt"));
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_webhook_that_never_answers_holds_up_no_mail()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var mails = await SmtpCatcher.StartAsync();
        _station.Registry.Stops.Add(new LaneStop("viettel", _time.GetUtcNow(), "code 15"));
        using var service = Begin(mails.Port, new WebhookSettings
        {
            Url = new Uri($"http://{silent.LocalEndpoint}"),
            Secret = "khoa-bi-mat-cua-webhook",
            TimeLimit = TimeSpan.FromMinutes(2),
        });
        await UntilAsync(() => _station.Registry.Alerts.Read(_time.GetUtcNow()).Count > 0);
        var accepting = silent.AcceptTcpClientAsync();
        _time.Advance(Turn);
        using var waiting = await accepting.WaitAsync(Patience.ForAnything);
        await mails.First.WaitAsync(Patience.ForAnything);

        _station.Registry.Stops.Add(new LaneStop("vnpt", _time.GetUtcNow(), "code 15"));
        for (var turns = 0; turns < 10 && mails.Mails.Count < 2; turns++) // the webhook has 120 s
        {
            _time.Advance(Turn);
            for (var clock = Stopwatch.StartNew(); mails.Mails.Count < 2 && clock.Elapsed < TimeSpan.FromSeconds(5);)
                await Task.Yield();
        }

        Assert.Contains("'vnpt'", mails.Mails[^1].Subject, StringComparison.Ordinal);
        await service.StopAsync(CancellationToken.None);
    }

    bool IsRaised(string lane) => _station.Registry.Alerts.Read(_time.GetUtcNow()).Any(
        raised => raised.Alert.About == lane);

    AlertService Begin(int port, WebhookSettings? webhook = null)
    {
        var service = new AlertService(
            _station,
            new AlertSettings
            {
                Name = "Sở",
                Webhook = webhook,
                Persons = [new AlertPerson { Name = "An", Mail = "an@so.example" }],
                Smtp = new SmtpSettings
                {
                    Host = "127.0.0.1",
                    Port = port,
                    Tls = MailTls.None,
                    From = "a@b",
                    TimeLimit = TimeSpan.FromMinutes(2),
                },
            },
            _folder.File("smscampaign.json"),
            NullLogger<AlertService>.Instance);
        service.StartAsync(CancellationToken.None);
        return service;
    }

    static async Task UntilAsync(Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo();)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            await Task.Yield();
        }
    }
}
