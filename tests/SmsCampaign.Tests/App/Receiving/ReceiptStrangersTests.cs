using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Receiving;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Receiving;

/// <summary>What strangers can do to the endpoint who begin and never end, or write what is no HTTP.</summary>
public sealed class ReceiptStrangersTests : IAsyncDisposable
{
    readonly WatchedTime _time = new();
    readonly KeptLog _log = new();
    readonly List<IDisposable> _open = [];
    ReceiptBudget _budget = new();
    ReceiptServer _server = null!;

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(each => each.Dispose());
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Bodies_that_stall_hold_no_more_than_an_address_may_and_keep_no_small_callback_out()
    {
        // Of 350,000 bytes 300,000 are for large bodies, and a third of that for one address.
        await StartAsync(new ReceiptBudget(mostReceipts: 10, mostBytes: 350_000, small: 5_000));

        await StallAsync("127.0.0.2");
        Assert.Equal(503, await RawClient.PostAsync(_server.Address, "127.0.0.2", 90_000));
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 90_000));
        await UntilAsync(() => _budget.HeldBy(IPAddress.Parse("127.0.0.9")) == 0); // a moment after the answer

        await StallAsync("127.0.0.3");
        await StallAsync("127.0.0.4");
        Assert.Equal(503, await RawClient.PostAsync(_server.Address, "127.0.0.9", 90_000));
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 5_000));
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.2", 5_000));
    }

    [Fact]
    public async Task Small_bodies_that_stall_hold_nothing_of_the_budget()
    {
        await StartAsync(new ReceiptBudget(mostReceipts: 1, mostBytes: 5_000, small: 5_000));
        for (var at = 0; at < 20; at++)
            await Keep(RawClient.BeginAsync(_server.Address, "127.0.0.2", 5_000, 4_999));
        await UntilAsync(() => _time.Deadlines >= 20);

        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 5_000));
    }

    [Fact]
    public async Task A_body_that_is_not_whole_in_time_is_given_up_and_what_it_held_is_given_back()
    {
        await StartAsync(new ReceiptBudget(mostReceipts: 10, mostBytes: 150_000, small: 5_000, mostOfOne: 100_000));
        var stalled = await StallAsync("127.0.0.2");
        Assert.Equal(503, await RawClient.PostAsync(_server.Address, "127.0.0.2", 30_000));

        _time.Advance(ReceiptEndpoints.MostTime);

        Assert.True(await stalled.ReadStatusAsync() is 408 or 0);
        await stalled.ReadToEndAsync();
        await UntilAsync(() => _budget.HeldBy(IPAddress.Parse("127.0.0.2")) == 0); // a moment after the answer
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.2", 30_000));
        Assert.Contains(_log.Lines, line => line.Text.Contains("not whole in time (408)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_address_holds_more_connections_than_its_share()
    {
        await StartAsync(places: new ConnectionPlaces(_time, most: 8, mostOfOne: 2));
        var one = await ConnectAsync(3, "127.0.0.2");

        await UntilAsync(() => one.Count(each => each.IsClosed) == 1);
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 10));
        Assert.Equal(1, one.Count(each => each.IsClosed));
    }

    [Fact]
    public async Task Silent_connections_keep_nobody_out_who_comes_through_the_same_address()
    {
        await StartAsync(places: new ConnectionPlaces(_time, most: 8, mostOfOne: 2));
        var one = await ConnectAsync(2, "127.0.0.2");
        foreach (var each in one)
        {
            await each.WriteAsync("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(200, await each.ReadStatusAsync());
        }

        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.2", 10));
    }

    [Fact]
    public async Task Silent_connections_of_however_many_addresses_make_room_for_whoever_comes()
    {
        await StartAsync(places: new ConnectionPlaces(_time, most: 8, mostOfOne: 2));
        List<RawClient> silent = [];
        for (var from = 2; from <= 5; from++)
            silent.AddRange(await ConnectAsync(2, $"127.0.0.{from}"));
        using var health = new HttpClient(new SocketsHttpHandler());

        // Each has its place, and there is none left.
        foreach (var each in silent)
            await each.WriteAsync("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        await UntilAsync(() => silent.All(each => each.IsAnswered));
        Assert.DoesNotContain(silent, each => each.IsClosed);

        Assert.Equal(HttpStatusCode.OK, (await health.GetAsync(new Uri(_server.Address, "/healthz"))).StatusCode);
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 10));
    }

    [Fact]
    public async Task A_body_that_stalls_makes_room_as_well_and_is_no_more_than_a_line()
    {
        await StartAsync(places: new ConnectionPlaces(_time, most: 1, mostOfOne: 1));
        var stalled = await Keep(RawClient.BeginAsync(_server.Address, "127.0.0.2", 100, 50));
        await UntilAsync(() => _time.Deadlines == 1);

        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 10));

        await stalled.ReadToEndAsync();
        await UntilAsync(() => _log.Lines.Count > 0);
        var (text, thrown) = Assert.Single(_log.Lines);
        Assert.Null(thrown);
        Assert.Contains("broken off", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_that_is_being_kept_does_not_make_room()
    {
        var disk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await StartAsync(
            places: new ConnectionPlaces(_time, most: 1, mostOfOne: 1),
            keep: () => _kept == 1 ? disk.Task : Task.CompletedTask);
        var kept = await Keep(RawClient.BeginAsync(_server.Address, "127.0.0.2", 10, 10));
        await UntilAsync(() => _kept == 1);

        Assert.Equal(0, await RawClient.PostAsync(_server.Address, "127.0.0.9", 10));

        disk.SetResult();
        Assert.Equal(200, await kept.ReadStatusAsync());
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 10));
    }

    [Fact]
    public async Task A_proxy_of_ours_has_no_share_for_everybody_comes_through_it()
    {
        await StartAsync(
            places: new ConnectionPlaces(_time, most: 8, mostOfOne: 2, proxies: [IPNetwork.Parse("127.0.0.2/32")]));
        foreach (var each in await ConnectAsync(5, "127.0.0.2"))
        {
            await each.WriteAsync("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(200, await each.ReadStatusAsync());
        }
    }

    [Fact]
    public async Task A_connection_that_asks_nothing_is_closed_soon_and_one_that_has_asked_stays()
    {
        await StartAsync(places: new ConnectionPlaces(_time, most: 8, mostOfOne: 4));
        var asked = await Keep(RawClient.ConnectAsync(_server.Address, "127.0.0.2"));
        var silent = await Keep(RawClient.ConnectAsync(_server.Address, "127.0.0.2"));
        await asked.WriteAsync("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(200, await asked.ReadStatusAsync());
        await UntilAsync(() => _time.Silences == 2);

        _time.Advance(ReceiptServer.MostSilence - TimeSpan.FromTicks(1));
        Assert.False(silent.IsClosed);

        _time.Advance(TimeSpan.FromTicks(1));
        await silent.ReadToEndAsync();
        await asked.WriteAsync("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.Contains("HTTP/1.1 200", await asked.ReadToEndAsync(), StringComparison.Ordinal);
    }

    /// <summary>Proxies keep theirs for 60 s at most unless they are told otherwise (nginx, AWS), and send the next
    /// callback on one of them.</summary>
    [Fact]
    public async Task An_idle_connection_is_kept_for_longer_than_a_proxy_keeps_it()
    {
        await StartAsync();
        await using var web = ReceiptServer.CreateBuilder(new Uri("http://127.0.0.1:0")).Build();

        var limits = web.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((75, 15), (limits.KeepAliveTimeout.TotalSeconds, limits.RequestHeadersTimeout.TotalSeconds));
    }

    [Theory]
    [InlineData("ZZ\r\nxx\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("5\r\nabcdefgh\r\n")]
    public async Task A_body_that_is_no_body_is_one_line_in_the_log_without_its_calls(string chunks)
    {
        await StartAsync();
        for (var at = 0; at < 5; at++)
            Assert.True(await PostChunksAsync(chunks) is 400 or 0);

        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 10));
        var (text, thrown) = Assert.Single(_log.Lines);
        Assert.Null(thrown);
        Assert.Equal(
            "1 callbacks for viettel were refused since this was last said: broken off in the middle, "
                + "or not in the form of HTTP (400)",
            text);

        _time.Advance(TimeSpan.FromMinutes(1));
        await PostChunksAsync(chunks);
        await UntilAsync(() => _log.Lines.Count == 2);
        Assert.StartsWith("5 callbacks for viettel", _log.Lines.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_no_more_than_a_line_either()
    {
        await StartAsync();
        for (var at = 0; at < 5; at++)
        {
            using var client = await RawClient.BeginAsync(_server.Address, "127.0.0.2", 100, 1);
            client.EndWriting();
            Assert.True(await client.ReadStatusAsync() is 400 or 0);
        }

        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.9", 10));
        Assert.InRange(_log.Lines.Count, 0, 1); // what has gone before it was looked at is not even that
        Assert.All(_log.Lines, line => Assert.Null(line.Thrown));
        Assert.Equal(1, _kept);
    }

    [Theory]
    [InlineData("/receipts/nobody", 404)]
    [InlineData("/", 404)]
    public async Task A_body_that_is_no_body_where_none_is_read_is_not_logged(string path, int expected)
    {
        await StartAsync();
        using var client = await RawClient.ConnectAsync(_server.Address, "127.0.0.2");
        await client.WriteAsync($"POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nxx\r\n");

        Assert.Equal(expected, await client.ReadStatusAsync());
        await UntilAsync(() => client.IsClosed || client.IsAnswered);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Below_the_disks_floor_a_gateway_is_asked_to_come_again()
    {
        var free = 999L;
        var told = new List<DiskRoom>();
        await StartAsync(floor: new DiskFloor("/data", 1_000, _time, told.Add, _ => free));

        Assert.Equal(503, await RawClient.PostAsync(_server.Address, "127.0.0.2", 10));
        Assert.Equal(503, await RawClient.PostAsync(_server.Address, "127.0.0.2", 10));
        Assert.Equal((0, true), (_kept, Assert.Single(told).IsBelow));

        free = 1_000;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await RawClient.PostAsync(_server.Address, "127.0.0.2", 10));
        Assert.Equal([true, false], told.Select(room => room.IsBelow));
    }

    int _kept;

    async Task StartAsync(
        ReceiptBudget? budget = null, ConnectionPlaces? places = null, DiskFloor? floor = null, Func<Task>? keep = null)
    {
        async ValueTask KeepAsync()
        {
            Interlocked.Increment(ref _kept);
            await (keep?.Invoke() ?? Task.CompletedTask);
        }

        ValueTask Take(string lane, string query, string contentType, in ReadOnlySequence<byte> body) => KeepAsync();

        _budget = budget ?? _budget;
        var intake = new ReceiptIntake(Take, CallbackGuards.Open(["viettel"]), _time)
        {
            Budget = _budget,
            Floor = floor,
        };
        _server = await ReceiptServer.StartAsync(
            new Uri("http://127.0.0.1:0"),
            places is null ? intake : intake with { Places = places },
            CancellationToken.None,
            _log);
    }

    /// <summary>Begins a body of 100,000 bytes of which 99,000 come, and waits until they count.</summary>
    async Task<RawClient> StallAsync(string from)
    {
        var client = await Keep(RawClient.BeginAsync(_server.Address, from, 100_000, 99_000));
        await UntilAsync(() => _budget.HeldBy(IPAddress.Parse(from)) >= 99_000);
        return client;
    }

    async Task<int> PostChunksAsync(string chunks)
    {
        using var client = await RawClient.ConnectAsync(_server.Address, "127.0.0.2");
        await client.WriteAsync(
            $"POST /receipts/viettel HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        return await client.ReadStatusAsync();
    }

    async Task<List<RawClient>> ConnectAsync(int count, string from)
    {
        List<RawClient> clients = [];
        for (var at = 0; at < count; at++)
            clients.Add(await Keep(RawClient.ConnectAsync(_server.Address, from)));
        return clients;
    }

    async Task<RawClient> Keep(Task<RawClient> connecting)
    {
        var client = await connecting;
        _open.Add(client);
        return client;
    }

    /// <summary>Only what never comes true takes so long, on however busy a machine.</summary>
    static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, deadline.Token);
    }

    /// <summary>Stands until it is moved, and counts the deadlines that were set.</summary>
    sealed class WatchedTime : FakeTimeProvider
    {
        int _deadlines;
        int _silences;

        /// <summary>Of bodies.</summary>
        public int Deadlines => Volatile.Read(ref _deadlines);

        /// <summary>Of connections that have not asked anything.</summary>
        public int Silences => Volatile.Read(ref _silences);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (state is PipeReader && dueTime == ReceiptEndpoints.MostTime)
                Interlocked.Increment(ref _deadlines);
            if (state is ConnectionPlace && dueTime == ReceiptServer.MostSilence)
                Interlocked.Increment(ref _silences);
            return timer;
        }
    }
}
