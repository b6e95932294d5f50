using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program, killed while gateways bring receipts as fast as it takes them.</summary>
[Trait("Category", "Slow")]
public sealed class ReceiptStormTests
{
    const int Connections = 32;

    readonly ConcurrentBag<long> _answered = [];
    long _brought;

    [Fact]
    public async Task Every_receipt_that_was_answered_200_is_kept_and_read_however_the_program_ends()
    {
        await using var office = await Office.OpenAsync([new OfficeLane("viettel", 84_960_000_001, 10, 400)]);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        var address = $"{office.Network.ReceiptUrl}/viettel";

        await using (var worker = office.Start("worker"))
        {
            var storm = Enumerable.Range(0, Connections).Select(_ => BringAsync(http, address, worker)).ToList();
            await worker.UntilAsync(() => _answered.Count >= 2_000);
            await worker.KillAsync();
            await Task.WhenAll(storm);
        }

        var kept = Kept(office);
        Assert.True(_answered.Count >= 2_000);
        Assert.Superset(_answered.ToHashSet(), kept.ToHashSet());

        await using var again = office.Start("worker");
        await again.UntilAsync(() => Settled(office) == kept.Count);
        Assert.Equal(kept.Count, Settled(office));
    }

    [Fact]
    public async Task A_storm_beside_sending_loses_nothing_and_changes_nothing_that_was_decided()
    {
        // Ten receipts a message, each out of order with those of others, a third of them before the answer; beside
        // them unknown and unreadable ones as fast as they are taken. Killed in the middle of it.
        await using var office = await Office.OpenAsync(
            [new OfficeLane("viettel", 84_960_000_001, 1_500, 400) { MaxInFlight = 30 }],
            carrier => carrier with
            {
                Latency = TimeSpan.FromMilliseconds(5),
                FailedShare = 0.1,
                DuplicateShare = 1,
                Duplicates = 9,
                BeforeAnswerShare = 0.3,
                ReceiptDelay = TimeSpan.Zero,
            });
        await office.ApproveAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 4 });
        var address = $"{office.Network.ReceiptUrl}/viettel";

        await using (var killed = office.Start("worker"))
        {
            var storm = Enumerable.Range(0, 4).Select(_ => BringAsync(http, address, killed)).ToList();
            await killed.UntilAsync(() => office.MessagesSeen() >= 500);
            await killed.KillAsync();
            await Task.WhenAll(storm);
        }

        await using var worker = office.Start("worker");
        var others = Enumerable.Range(0, 4).Select(_ => BringAsync(http, address, worker)).ToList();
        var facts = new LedgerFacts(office.Data.Run(office.Key));
        await worker.UntilAsync(
            () => facts.Unsettled == 0 && office.Network.Stats().Of("viettel").ReceiptsWaiting == 0);
        await worker.UntilAsync(
            () => !facts.Messages().Any(message => message.Status is MessageStatus.Accepted or MessageStatus.Sent));
        worker.Terminate();
        Assert.Equal(0, (await worker.WaitAsync()).ExitCode);
        await Task.WhenAll(others);

        // What reached a phone is settled as its receipt says; what never left stays uncertain, and nothing else does.
        var stats = office.Network.Stats().Of("viettel");
        var messages = facts.Messages();
        Assert.Equal((0, 0), (stats.PhonesWithMoreThanOne, (int)stats.ReceiptsGivenUp));
        Assert.InRange(stats.ReceiptsSent, 10 * stats.Taken, long.MaxValue);
        Assert.Equal(
            stats.Taken, messages.Count(message => message.Status is MessageStatus.Delivered or MessageStatus.Failed));
        Assert.Equal(1_500 - stats.Taken, messages.Count(message => message.Status == MessageStatus.Uncertain));
        Assert.InRange(messages.Count(message => message.Status == MessageStatus.Failed), 75, 225);
        Assert.Superset(_answered.ToHashSet(), Kept(office).ToHashSet());
    }

    /// <summary>Receipts of no run here, unreadable ones, and every third twice: what is kept does not depend
    /// on what it says.</summary>
    async Task BringAsync(HttpClient http, string address, ProgramUnderTest worker)
    {
        while (!worker.HasExited)
        {
            var number = Interlocked.Increment(ref _brought);
            var body = (number % 4) switch
            {
                0 => "not a receipt",
                1 => """{"receipts":[{"reference":"zzzz2222-4fti4g2","status":"DELIVRD"}]}""",
                _ => """{"receipts":[{"id":"viettel-7","status":"DELIVRD"},{"id":"viettel-3","status":"UNDELIV"}]}""",
            };

            for (var time = 0; time < (number % 3 == 0 ? 2 : 1); time++)
            {
                try
                {
                    using var answer = await http.PostAsync($"{address}?n={number}", new StringContent(body));
                    if (answer.StatusCode == HttpStatusCode.OK)
                        _answered.Add(number);
                }
                catch (HttpRequestException)
                {
                    // Not up yet, or killed: it got no 200.
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
                }
            }
        }
    }

    static List<long> Kept(Office office)
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(office.Data, simulated: false)[^1].Path, readOnly: true);
        using var receipts = db.Prepare("select query from receipt where query like 'n=%'");
        var kept = new List<long>();
        while (receipts.Step())
            kept.Add(long.Parse(receipts.Text(0)!.AsSpan("n=".Length), CultureInfo.InvariantCulture));
        return kept;
    }

    static long Settled(Office office)
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(office.Data, simulated: false)[^1].Path, readOnly: true);
        return db.ReadNumber("select id from progress where name = 'settled'") ?? 0;
    }
}
