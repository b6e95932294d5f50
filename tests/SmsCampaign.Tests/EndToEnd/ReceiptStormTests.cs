using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program, killed while gateways bring receipts as fast as it takes them.</summary>
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

    /// <summary>Receipts of no run here, unreadable ones, and every third twice: what is kept does not depend on what it says.</summary>
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
        using var db = SqliteDb.Open(office.Data.Receipts, readOnly: true);
        using var receipts = db.Prepare("select query from receipt");
        var kept = new List<long>();
        while (receipts.Step())
            kept.Add(long.Parse(receipts.Text(0)!.AsSpan("n=".Length), CultureInfo.InvariantCulture));
        return kept;
    }

    static long Settled(Office office)
    {
        using var db = SqliteDb.Open(office.Data.Receipts, readOnly: true);
        return db.ReadNumber("select id from progress") ?? 0;
    }
}
