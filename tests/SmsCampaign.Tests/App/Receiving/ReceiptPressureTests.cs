using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmsCampaign.App.Receiving;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;

namespace SmsCampaign.Tests.App.Receiving;

/// <summary>What the endpoint does when more comes than the disk takes.</summary>
public sealed class ReceiptPressureTests : IAsyncLifetime
{
    const int MostReceipts = 2;
    const int MostBytes = 1_000;

    readonly HttpClient _http = new(new SocketsHttpHandler());
    readonly ConcurrentQueue<TaskCompletionSource> _writing = new();
    bool _disk = true;
    ReceiptServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            new ReceiptIntake(Keep, CallbackGuards.Open(["viettel"]), TimeProvider.System)
            {
                Budget = new ReceiptBudget(MostReceipts, MostBytes, small: 0, mostOfOne: MostBytes),
            }, CancellationToken.None);
        _http.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        while (_writing.TryDequeue(out var waiting))
            waiting.TrySetResult();
        await _server.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task Beyond_as_many_receipts_as_may_wait_for_the_disk_a_gateway_is_asked_to_come_again()
    {
        _disk = false;
        var first = PostAsync("1");
        var second = PostAsync("2");
        var waiting = await WritingAsync(2);

        var third = await PostAsync("3");
        foreach (var each in waiting)
            each.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
        Assert.NotNull(third.Headers.RetryAfter);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [(await first).StatusCode, (await second).StatusCode]);

        _disk = true;
        for (var later = 0; later <= MostReceipts; later++)
            Assert.Equal(HttpStatusCode.OK, (await PostAsync("4")).StatusCode);
    }

    [Fact]
    public async Task Receipts_that_wait_for_the_disk_hold_no_more_bytes_than_may_wait()
    {
        _disk = false;
        var first = PostAsync(new string('x', MostBytes));
        var waiting = await WritingAsync(1);

        var second = await PostAsync("2");
        waiting[0].SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Theory]
    [InlineData("Content-Length: 2000")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task Bodies_that_slow_clients_have_begun_count_until_they_go_away(string framing)
    {
        // Who is slower than 240 bytes a second is cut off after five: on a machine that stands still
        // for so long, another begins.
        await UntilAsync(async () =>
        {
            using var slow = new TcpClient();
            await slow.ConnectAsync(_server.Address.Host, _server.Address.Port);
            var body = new string('x', 900);
            await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /receipts/viettel HTTP/1.1\r\nHost: a\r\n{framing}\r\n\r\n"
                + $"{(framing[0] == 'T' ? "384\r\n" : "")}{body}"));

            var turnedAway = false;
            for (var at = 0; at < 50 && !turnedAway; at++)
                turnedAway = (await PostAsync(new string('y', 200))).StatusCode == HttpStatusCode.ServiceUnavailable;
            return turnedAway;
        });

        await UntilAsync(async () => (await PostAsync(new string('y', MostBytes))).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_could_not_be_written_does_not_count_any_more()
    {
        _disk = false;
        for (var at = 0; at <= MostReceipts; at++)
        {
            var answer = PostAsync("1");
            (await WritingAsync(1))[0].SetException(new LedgerException(new Wording("đĩa đầy", "disk full")));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await answer).StatusCode);
        }

        _disk = true;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(new string('x', MostBytes))).StatusCode);
    }

    async ValueTask KeepAsync()
    {
        if (_disk)
            return;

        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writing.Enqueue(waiting);
        await waiting.Task;
    }

    ValueTask Keep(string lane, string query, string contentType, in ReadOnlySequence<byte> body) => KeepAsync();

    Task<HttpResponseMessage> PostAsync(string body) => _http.PostAsync("/receipts/viettel", new StringContent(body));

    /// <summary>Those that wait for the disk, once they are so many.</summary>
    async Task<List<TaskCompletionSource>> WritingAsync(int count)
    {
        await UntilAsync(() => Task.FromResult(_writing.Count >= count));
        var waiting = _writing.ToList();
        _writing.Clear();
        return waiting;
    }

    /// <summary>Only what never comes true takes so long, on however busy a machine.</summary>
    static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, deadline.Token);
    }
}
