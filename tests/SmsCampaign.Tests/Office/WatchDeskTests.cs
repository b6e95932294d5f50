using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.Office;

/// <summary>A watch on another machine, with nothing but the health address and the alerts section.</summary>
public sealed class WatchDeskTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly WireMockServer _worker = WireMockServer.Start();
    SmtpCatcher? _mails;

    public void Dispose()
    {
        _worker.Stop();
        _mails?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_worker_that_is_away_for_a_minute_is_told_and_so_is_that_it_is_back()
    {
        using var watch = await BeginAsync();
        Answer(200);
        Assert.Null((await LookAsync(watch)).Trouble);

        Answer(503);
        for (var looks = 0; looks < 6; looks++)
            Assert.False((await LookAsync(watch)).IsTold);
        Assert.True((await LookAsync(watch)).IsTold);
        await LookAsync(watch);

        Assert.Equal(
            [$"[SmsCampaign Máy gửi] KHẨN: dịch vụ gửi tại localhost:{_worker.Port} không trả lời"], _mails!.Subjects);
        Assert.Contains("Từ lúc: 30/07/2026 08:00:10", _mails.Mails[0].TextBody, StringComparison.Ordinal);

        Answer(200);
        await LookAsync(watch);
        await LookAsync(watch);
        Assert.Equal(
            $"[SmsCampaign Máy gửi] ĐÃ HẾT: dịch vụ gửi tại localhost:{_worker.Port} không trả lời",
            Assert.Single(_mails.Subjects.Skip(1)));
    }

    [Fact]
    public async Task One_that_is_back_sooner_is_no_news()
    {
        using var watch = await BeginAsync();
        for (var times = 0; times < 3; times++)
        {
            Answer(503);
            for (var looks = 0; looks < 5; looks++)
                await LookAsync(watch);
            Answer(200);
            await LookAsync(watch);
        }

        Assert.Empty(_mails!.Mails);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_away_too()
    {
        using var watch = await BeginAsync();
        _worker.Stop();

        var trouble = (await LookAsync(watch)).Trouble;

        Assert.StartsWith("không kết nối được http://localhost:", trouble?.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_that_was_killed_does_not_tell_it_again_and_tells_that_it_is_over()
    {
        using (var watch = await BeginAsync())
        {
            Answer(503);
            for (var looks = 0; looks < 8; looks++)
                await LookAsync(watch);
        }

        using (var watch = await BeginAsync())
        {
            for (var looks = 0; looks < 8; looks++)
                await LookAsync(watch);
            Assert.Single(_mails!.Mails);
            Answer(200);
            await LookAsync(watch);
        }

        Assert.Equal(2, _mails!.Mails.Count);
    }

    [Fact]
    public async Task Two_do_not_watch_with_one_folder()
    {
        using var watch = await BeginAsync();

        Assert.IsType<WatchStart.Taken>(Desk.Begin(Url, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Without_anybody_named_it_does_not_watch()
    {
        _folder.Write("smscampaign.json", "{}");

        Assert.IsType<WatchStart.Nobody>(Desk.Begin(Url, TimeSpan.FromSeconds(60)));
    }

    WatchDesk Desk => new(new DataFolder(_folder.File("data")), _folder.File("smscampaign.json"), _time);

    Uri Url => new(_worker.Url! + "/healthz");

    /// <summary>The file has no lanes.</summary>
    async Task<WorkerWatch> BeginAsync()
    {
        _mails ??= await SmtpCatcher.StartAsync();
        _folder.Write("smscampaign.json", JsonSerializer.Serialize(new
        {
            alerts = new
            {
                name = "Máy gửi",
                persons = new[] { new { name = "An", mail = "an@so.example" } },
                smtp = new { host = "127.0.0.1", port = _mails.Port, tls = "none", from = "sms@so.example" },
            },
        }));
        return Assert.IsType<WatchStart.Begun>(Desk.Begin(Url, TimeSpan.FromSeconds(60))).Watch;
    }

    async Task<WatchLook> LookAsync(WorkerWatch watch)
    {
        var look = await watch.LookAsync(CancellationToken.None);
        _time.Advance(WorkerWatch.Every);
        return look;
    }

    void Answer(int status)
    {
        _worker.ResetMappings();
        _worker
            .Given(Request.Create().WithPath("/healthz"))
            .RespondWith(Response.Create().WithStatusCode(status));
    }
}
