using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Postgres.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres.Receipts;

/// <summary>What becomes of receipts while the server is away, and after it.</summary>
public sealed class ReceiptAppenderTests : IAsyncLifetime
{
    readonly TempFolder _folder = new();
    PostgresServer _server = null!;
    PostgresPlace _place = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartNewAsync(flushes: false);
        _place = PostgresPlace.Of(new PostgresAddress(await _server.CreateDatabaseAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        _place.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("stopped")]
    [InlineData("killed")]
    public async Task A_server_that_is_gone_fails_what_comes_and_when_it_is_back_receipts_are_kept(string how)
    {
        await using var log = Open();
        await log.AppendAsync("viettel", "1");
        await (how == "stopped" ? _server.StopAsync() : _server.KillAsync());

        Assert.Equal(
            StorageFault.Unreachable,
            (await Assert.ThrowsAsync<LedgerException>(() => log.AppendAsync("viettel", "2"))).Fault);
        Assert.Throws<LedgerException>(() => log.Read(0).ToList());

        await _server.StartAsync();
        await log.AppendAsync("viettel", "3");
        Assert.Equal(["1", "3"], log.Read(0).Select(raw => System.Text.Encoding.UTF8.GetString(raw.Body)));
    }

    /// <summary>Those that came while it was waited for would otherwise be waited for after that.</summary>
    [Fact]
    public async Task All_that_wait_for_a_server_that_does_not_answer_fail_together()
    {
        await using var log = Open(patience: 1);
        await log.AppendAsync("viettel", "1");
        await _server.PauseAsync();

        var first = log.AppendAsync("viettel", "2");
        Task[] meanwhile = [.. Enumerable.Range(3, 5).Select(at => log.AppendAsync("viettel", $"{at}"))];
        var failed = await Assert.ThrowsAsync<LedgerException>(() => first);
        foreach (var one in meanwhile)
            Assert.Same(failed, await Assert.ThrowsAsync<LedgerException>(() => one));

        _server.Resume();
        await log.AppendAsync("viettel", "8");
        Assert.Contains("8", log.Read(0).Select(raw => System.Text.Encoding.UTF8.GetString(raw.Body)));
    }

    [Fact]
    public async Task What_could_not_be_opened_is_opened_when_the_server_is_back()
    {
        await _server.StopAsync();
        Assert.Throws<LedgerException>(() => Open());

        await _server.StartAsync();
        await using var log = Open();
        await log.AppendAsync("viettel", "1");
    }

    PostgresReceiptLog Open(int patience = 60) => new(
        _place,
        new DataFolder(_folder.Path),
        new ProcessClock(new FakeTimeProvider(new DateTimeOffset(2026, 6, 30, 0, 0, 0, TimeSpan.Zero))),
        patience: patience);
}
