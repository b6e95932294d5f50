using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
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
    static readonly JsonSerializerOptions Unset = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

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

    [Theory]
    [InlineData("ok\n")]
    [InlineData("{\"status\":\"live\",\"at\":\"2026-07-30T01:00:00Z\"}")] // of /health/live
    public async Task An_answer_of_the_workers_own_is_one(string body)
    {
        using var watch = await BeginAsync();
        Answer(200, body);

        Assert.Null((await LookAsync(watch)).Trouble);
    }

    /// <summary>Such as a proxy's page, with 200, for a worker that is gone.</summary>
    [Theory]
    [InlineData(200, "", "không phải dịch vụ gửi")]
    [InlineData(200, "<html>Sorry", "không phải dịch vụ gửi")]
    [InlineData(200, "{\"status\":\"UP\"}", "không phải dịch vụ gửi")]
    [InlineData(503, "stuck\n", "tự báo đã treo")]
    [InlineData(503, "", "trả lời HTTP 503")]
    public async Task Any_other_is_none(int status, string body, string said)
    {
        using var watch = await BeginAsync();
        Answer(status, body);

        Assert.Contains(said, (await LookAsync(watch)).Trouble?.Vi, StringComparison.Ordinal);
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

    /// <summary>A watch that falls silent looks like one that has nothing to tell.</summary>
    [Fact]
    public async Task Where_its_own_folder_cannot_be_written_it_tells_all_the_same_and_that_too()
    {
        Directory.CreateDirectory(_folder.File("data"));
        var inTheWay = _folder.Write("data/watch", "");
        using var watch = await BeginAsync();
        Answer(503);

        Assert.Contains(inTheWay, (await LookAsync(watch)).Unkept?.Vi, StringComparison.Ordinal);
        for (var looks = 0; looks < 8; looks++)
            await LookAsync(watch);

        var (away, own) = (
            $"dịch vụ gửi tại localhost:{_worker.Port} không trả lời", "máy giám sát không ghi được thư mục của nó");
        Assert.Equal(
            [$"[SmsCampaign Máy gửi] KHẨN: {away}", $"[SmsCampaign Máy gửi] Cảnh báo: {own}"], _mails!.Subjects);

        // Mended while it watches; what began is gone on with.
        File.Delete(inTheWay);
        Assert.Null((await LookAsync(watch)).Unkept);
        await LookAsync(watch);
        Answer(200);
        await LookAsync(watch);
        Assert.Equal(
            [$"[SmsCampaign Máy gửi] ĐÃ HẾT: {own}", $"[SmsCampaign Máy gửi] ĐÃ HẾT: {away}"],
            _mails.Subjects.Skip(2));
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_where_the_folder_cannot_be_written_for_a_moment()
    {
        using var watch = await BeginAsync();
        Answer(503);
        for (var looks = 0; looks < 9; looks++)
            await LookAsync(watch);
        Assert.Single(_mails!.Subjects);

        Directory.Move(_folder.File("data/watch"), _folder.File("data/away"));
        var inTheWay = _folder.Write("data/watch", "");
        Assert.NotNull((await LookAsync(watch)).Unkept);
        await LookAsync(watch);
        File.Delete(inTheWay);
        Directory.Move(_folder.File("data/away"), _folder.File("data/watch"));
        await LookAsync(watch);
        Answer(200);
        await LookAsync(watch);
        await LookAsync(watch);

        var away = $"dịch vụ gửi tại localhost:{_worker.Port} không trả lời";
        Assert.Equal(
            [$"[SmsCampaign Máy gửi] KHẨN: {away}", $"[SmsCampaign Máy gửi] ĐÃ HẾT: {away}"], _mails.Subjects);
    }

    [Fact]
    public async Task A_mail_server_that_hangs_holds_up_no_look_and_no_webhook()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var told = WireMockServer.Start();
        told.Given(Request.Create().UsingPost()).RespondWith(Response.Create().WithStatusCode(200));
        Environment.SetEnvironmentVariable("SMS_CAMPAIGN_TEST_HOOK", "khoa-bi-mat-cua-webhook");
        Write(((IPEndPoint)silent.LocalEndpoint).Port, new Uri(told.Url! + "/hook"));
        using var watch = Begin();
        Answer(503);
        for (var looks = 0; looks < 6; looks++)
            await LookAsync(watch);

        var looking = LookAsync(watch);
        using var waiting = await silent.AcceptTcpClientAsync().WaitAsync(Patience.ForAnything);
        await UntilAsync(() => told.LogEntries.Count == 1);
        Assert.True((await EndAsync(looking)).IsTold);

        // What came of the webhook may be known a look later.
        Answer(200);
        for (var clock = Stopwatch.StartNew(); told.LogEntries.Count < 2;) // over
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            looking = LookAsync(watch);
            for (var look = Stopwatch.StartNew(); told.LogEntries.Count < 2 && look.Elapsed < TimeSpan.FromSeconds(5);)
                await Task.Yield();
            await EndAsync(looking);
        }
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
        Write(_mails.Port);
        return Begin();
    }

    void Write(int port, Uri? webhook = null) => _folder.Write("smscampaign.json", JsonSerializer.Serialize(
        new
        {
            alerts = new
            {
                name = "Máy gửi",
                persons = new[] { new { name = "An", mail = "an@so.example" } },
                smtp = new
                {
                    host = "127.0.0.1",
                    port,
                    tls = "none",
                    from = "sms@so.example",
                    timeLimit = "00:02:00",
                },
                webhook = webhook is null ? null : new { url = webhook, secret = "${env:SMS_CAMPAIGN_TEST_HOOK}" },
            },
        },
        Unset));

    WorkerWatch Begin() =>
        Assert.IsType<WatchStart.Begun>(Desk.Begin(Url, TimeSpan.FromSeconds(60))).Watch;

    async Task<WatchLook> LookAsync(WorkerWatch watch)
    {
        var look = await watch.LookAsync(CancellationToken.None);
        _time.Advance(WorkerWatch.Every);
        return look;
    }

    /// <summary>Lets 5 seconds pass, once somebody waits for them, of the 120 that the mail has.</summary>
    async Task<WatchLook> EndAsync(Task<WatchLook> looking)
    {
        for (var turns = 0; turns < 8 && !looking.IsCompleted; turns++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            for (var clock = Stopwatch.StartNew();
                !looking.IsCompleted && clock.Elapsed < TimeSpan.FromSeconds(2);)
                await Task.Yield();
        }

        Assert.True(looking.IsCompleted);
        return await looking;
    }

    static async Task UntilAsync(Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo();)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            await Task.Yield();
        }
    }

    void Answer(int status) => Answer(status, status == 200 ? "ok\n" : "");

    void Answer(int status, string body)
    {
        _worker.ResetMappings();
        _worker
            .Given(Request.Create().WithPath("/healthz"))
            .RespondWith(Response.Create().WithStatusCode(status).WithBody(body));
    }
}
