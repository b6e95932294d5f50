using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real worker is killed from before a run is due to as its report is written.</summary>
[Trait("Category", "Slow")]
public sealed class KilledWorkerTests(ITestOutputHelper output)
{
    [Fact]
    public Task Killed_ten_times_through_its_run_each_subscriber_gets_it_once_and_the_report_balances() =>
        new Case(output).RunAsync();

    sealed class Case(ITestOutputHelper output) : KilledOffice(output)
    {
        const int Each = 200;

        static readonly Who Officer = new("Trần Thị B", "b", "may");
        static readonly Wording Words = new("lãnh đạo gọi", "the leader phoned");

        public async Task RunAsync()
        {
            await using var office = await OpenAsync(Each);
            CloseAtEight(office);
            var chance = new Random(Seed);
            var registry = Ledgers.OpenRegistry(office.Data);
            var facts = new LedgerFacts(office.Data.Run(office.Key));

            await KillWorkerAsync(office, "before the run is due", () => IsAlive(office));
            await office.ApproveAsync();
            await KillSendingAsync(office, "at its first message", more: 1);
            await KillSendingAsync(office, "in the middle of its lanes", chance.Next(20, 60));

            await KillSendingAsync(office, "as a person pauses it", chance.Next(20, 40), () => Pause(registry, office));
            var paused = office.MessagesSeen();
            await KillWorkerAsync(office, "while it is paused", () => IsAlive(office));
            Assert.Equal(paused, office.MessagesSeen());
            var resumed = false;
            await KillWorkerAsync(office, "as a person lets it go on", () =>
            {
                if (!resumed && IsAlive(office))
                    resumed = Resume(registry, office);
                return resumed;
            });

            Task<ExtendResult>? extending = null;
            await KillSendingAsync(office, "as a person extends its window", chance.Next(20, 40), () =>
            {
                extending ??= ExtendAsync(office);
                return CountAsked(office) > 0;
            });
            Assert.IsNotType<ExtendResult.Refused>(await extending!);

            await KillWorkerAsync(office, "as all is handed over", () => facts.Unsettled == 0);
            var files = chance.Next(1, 9);
            await KillWorkerAsync(office, $"after {files} files of its report", () => CountReports(office) >= files);
            await KillWorkerAsync(office, "as it is over", () => registry.Find(office.Key)!.State == RunState.Finished);

            Assert.Equal(10, Killed.Count);
            await JudgeAsync(office);
            Assert.Contains(
                registry.ReadDecisions(Office.CampaignId), decision => decision.What == DecisionKind.Extended);
            await SaysNoMoreThanIsKnownAsync(office, facts);
        }

        async Task KillWorkerAsync(Office office, string when, Func<bool> moment) =>
            Assert.True(await KillAsync(office, when, _ => moment(), "worker"), when);

        /// <summary>Once more messages have come in, the last without an answer; and something else is so.</summary>
        Task KillSendingAsync(Office office, string when, int more, Func<bool>? isSo = null)
        {
            var until = office.MessagesSeen() + more;
            office.Network.WithholdAnswersFrom(until);
            return KillWorkerAsync(office, when, () => office.MessagesSeen() >= until && isSo?.Invoke() != false);
        }

        static async Task SaysNoMoreThanIsKnownAsync(Office office, LedgerFacts facts)
        {
            var last = await ProveAsync(office);
            Assert.Contains(
                facts.Interruptions().Count == 0 ? "every contract was kept."
                    : last.StartsWith("Every", StringComparison.Ordinal) ? "without a known moment may have left."
                    : "nobody knows when they left, or whether they did",
                last,
                StringComparison.Ordinal);
        }

        /// <summary>So that there is an hour to extend it to.</summary>
        static void CloseAtEight(Office office) => File.WriteAllText(
            office.CampaignFile,
            File.ReadAllText(office.CampaignFile).Replace("to: \"23:59\"", "to: \"20:00\"", StringComparison.Ordinal));

        static bool IsAlive(Office office) =>
            WorkerSight.Read(office.Data, TimeProvider.System.GetUtcNow()).State == WorkerState.Runs;

        static bool Pause(IRegistry registry, Office office)
        {
            if (registry.Orders.Read().Count == 0)
                registry.Orders.Give(
                    new NewOrder(OrderKind.Pause, new OrderScope(office.Key, null), Officer, "lãnh đạo gọi"),
                    Words,
                    TimeProvider.System.GetUtcNow());
            return true;
        }

        static bool Resume(IRegistry registry, Office office) => registry.Orders.Lift(
            registry.Orders.Read().Single(), Officer, "xong", Words, TimeProvider.System.GetUtcNow());

        /// <summary>What is asked stands, whether somebody lives to answer or not.</summary>
        static Task<ExtendResult> ExtendAsync(Office office) =>
            new ExtendDesk(office.Data, TimeProvider.System).ExtendAsync(
                Officer,
                new ExtendOrder(Office.CampaignId, null, new TimeOnly(21, 0), "lãnh đạo gọi"),
                TimeSpan.Zero,
                CancellationToken.None);

        static long CountAsked(Office office)
        {
            using var db = SqliteDb.Open(office.Data.Ledger, readOnly: true);
            return db.ReadNumber("select count(*) from command")!.Value;
        }

        static int CountReports(Office office) =>
            Directory.Exists(office.Reports) ? Directory.GetFiles(office.Reports, "*.csv").Length : 0;
    }
}
