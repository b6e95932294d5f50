using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>The pace of inquiries, and a wait the gateway asks for, belong to the account, however
/// many runs it has.</summary>
public sealed class InquiryPaceTests : IDisposable
{
    const int Runs = 4;

    readonly TempFolder _folder = new();
    readonly JumpingTime _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));
    readonly ProcessClock _clock;
    readonly IRegistry _registry;
    readonly OpenRuns _runs;
    readonly List<(string Run, DateTimeOffset At)> _asked = [];

    public InquiryPaceTests()
    {
        _clock = new ProcessClock(_time);
        var data = new DataFolder(_folder.Path);
        _registry = Ledgers.OpenRegistry(data);
        _runs = new OpenRuns(data, _registry, _clock);

        var now = _clock.Now();
        var first = SomeRun.Create(_folder.Path, 3);
        for (var run = 1; run <= Runs; run++)
        {
            var path = Path.Combine(_folder.Path, "runs", $"{run}.db");
            File.Copy(first, path);
            using (var db = SqliteDb.Open(path))
            {
                db.Execute($"""
                    update run_info set value = 'abcd234{run}' where name = 'code';
                    update run_info set value = 'r{run}/2025-07-30' where name = 'key'
                    """);
            }

            LedgerBuilder.Add(path, rows => rows.States(MessageStatus.Uncertain, now, handed: now)
                .Attempt(1, 3, intent: now, handed: now, answered: now, outcome: SendOutcome.Uncertain));

            var key = RunKey.Parse($"r{run}/2025-07-30");
            _registry.AddRun(
                new RunRecord
                {
                    Key = key.ToString(),
                    Campaign = key.Campaign,
                    Date = key.DateText,
                    Code = $"abcd234{run}",
                    File = $"runs/{run}.db",
                    CampaignFile = "/some.yaml",
                    Definition = "",
                    DefinitionHash = "a",
                    AudienceHash = "b",
                    PlanHash = "c",
                },
                DateTimeOffset.UnixEpoch);
            _registry.SetState(key, RunState.Sending, DateTimeOffset.UnixEpoch);
        }
    }

    public void Dispose()
    {
        _runs.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    [Fact]
    public async Task Four_runs_are_asked_about_at_the_pace_of_one()
    {
        await AskAsync(requests: 12, _ => QueryAnswer.CannotSay("busy"));

        Assert.Equal(Runs, _asked.Take(Runs).Select(asked => asked.Run).Distinct().Count()); // each in turn
        Assert.All(
            _asked.Zip(_asked.Skip(1)),
            pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public async Task A_wait_the_gateway_asks_for_holds_every_run()
    {
        var first = true;
        await AskAsync(requests: 3, _ =>
        {
            var answer = QueryAnswer.CannotSay("HTTP 429", first ? TimeSpan.FromSeconds(90) : null);
            first = false;
            return answer;
        });

        Assert.True(_asked[1].At - _asked[0].At >= TimeSpan.FromSeconds(90));
    }

    async Task AskAsync(int requests, Func<QueriedSms, QueryAnswer> answer)
    {
        var carrier = new AskedCarrier(
            new HttpInquiryOptions { AskAfter = TimeSpan.FromMinutes(1), PerSecond = 2 },
            sms =>
            {
                _asked.Add((sms.Reference.Split('-')[0], _time.GetUtcNow()));
                return answer(sms);
            })
        { MostPerQuery = 1 };
        using var accounts = new LaneAccounts(
            [new LaneAccount(
                new Lane("viettel", new HttpLaneOptions { ReceiptTimeout = TimeSpan.FromHours(1) }),
                carrier,
                new Pace(1, _clock))]);
        _time.Advance(TimeSpan.FromMinutes(1));

        var inquiry = new ReceiptInquiry(_runs, _registry, accounts, _clock);
        var walks = new Dictionary<ISettlingLedger, ReceiptInquiry.Walk>();
        while (_asked.Count < requests)
            Assert.True(await inquiry.AskAboutEachAsync(accounts.Find("viettel")!, walks, CancellationToken.None));
    }
}
