using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Conduct;

/// <summary>
/// Everything that persons can order of what is sent, at moments left to chance, by real files and lanes: pause,
/// resume, rate, cancel, end, extend, and send-rest for another date; while gateways lose answers and processes are
/// stopped and killed. Nothing that was or may have been sent is ever sent again by any of them.
/// </summary>
[Trait("Category", "Slow")]
public sealed class VerbsDayTests(ITestOutputHelper output)
{
    /// <summary>Set it to a seed that was printed, to meet the same chances again.</summary>
    const string SeedVariable = "SMS_CAMPAIGN_VERBS_SEED";

    const int Cases = 4;
    const int Each = 90;
    const int MostProcesses = 60;
    static readonly Who Officer = new("Trần Thị B", "b", "may");
    static readonly Wording Words = new("lãnh đạo gọi", "the leader phoned");

    readonly int _seed = int.TryParse(
        Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    [Fact]
    public async Task Nothing_that_was_or_may_have_been_sent_is_sent_again_whatever_persons_order_and_when()
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        for (var at = 0; at < Cases; at++)
        {
            using var verbs = new VerbsDay(_seed + at);
            await verbs.RunAsync();
        }
    }

    /// <summary>A run, and what it left on up to two other dates.</summary>
    sealed class VerbsDay : IDisposable
    {
        readonly DayCase _day = new("30 18:59:55", Each, "19:00", "19:01", "drop", leaps: true)
        {
            HeedsOrders = true,
            KeepsLedgerOpen = true,
        };

        readonly Random _chance;
        readonly int _seed;
        readonly List<string> _told = [];
        RunKey _run = DayCase.Key;

        public VerbsDay(int seed)
        {
            (_seed, _chance) = (seed, new Random(seed));
            _day.OfViettel = _day.OfVinaphone = (_, _) => Answer();
            _day.Beside = (_, over) => OrderAsync(over);
        }

        public void Dispose() => _day.Dispose();

        public async Task RunAsync()
        {
            _day.Approve();
            await SendAsync();
            List<RunKey> runs = [_run];
            for (var date = 31; date <= 32 && TryPlanRest(new DateOnly(2025, 7, 30).AddDays(date - 30)); date++)
            {
                runs.Add(_run);
                await SendAsync();
            }

            Judge(runs);
        }

        /// <summary>Whatever processes it takes until the run is over.</summary>
        async Task SendAsync()
        {
            for (var process = 0; !IsOver(); process++)
            {
                Hold(process < MostProcesses, "it is never over");
                await _day.ConductAsync(_run);
                if (_chance.Next(4) == 0)
                    Lift();
            }
        }

        /// <summary>Of a run that is over.</summary>
        bool TryPlanRest(DateOnly on)
        {
            if (new SendRestDesk(_day.Data, _day.Time).Plan(
                    new RestOrder(DayCase.Key.Campaign, _run.Date, on, _day.Folder.Installation),
                    CancellationToken.None)
                is not RestResult.Prepared { Preparation.Run: not null } prepared)
                return false;

            _told.Add($"send-rest on {on:yyyy-MM-dd}");
            _run = prepared.Run;
            _day.Approve(_run, prepared.Preparation.Planned!.ApprovedHash);
            return true;
        }

        void Judge(List<RunKey> runs)
        {
            foreach (var (phone, times) in _day.Received)
                Hold(times == 1, $"{phone} got it {times} times");

            // Of each phone the last run that holds it says what became of it, and each before that it was left over.
            var last = new Dictionary<long, MessageStatus>();
            foreach (var run in runs)
            {
                foreach (var (phone, status) in _day.ReadMessages(run))
                {
                    Hold(
                        last.GetValueOrDefault(phone, MessageStatus.Leftover) == MessageStatus.Leftover,
                        $"{phone} is {last.GetValueOrDefault(phone)} in a run before {run}");
                    last[phone] = status;
                }

                Hold(RunStatus.Read(_day.Data.AddressOf(run)).Balances, $"{run} does not balance");
            }

            Hold(last.Count == 2 * Each, $"{last.Count} phones are accounted for");
            foreach (var (phone, status) in last)
            {
                var received = _day.Received.ContainsKey(phone);
                Hold(
                    status switch
                    {
                        MessageStatus.Accepted => received,
                        MessageStatus.Leftover => !received,
                        MessageStatus.Uncertain => true,
                        _ => false,
                    },
                    $"{phone} is {status}, received: {received}");
            }
        }

        NightAnswer Answer()
        {
            if (_chance.Next(40) == 0)
                _day.Kill();
            else if (_chance.Next(40) == 0)
                _day.Stop();
            return _chance.Next(20) switch
            {
                0 => NightAnswer.Broken(taken: true),
                1 => NightAnswer.Broken(taken: false),
                2 => new NightAnswer(false, SendResult.Busy("HTTP 503")),
                3 => new NightAnswer(_chance.Next(2) == 0, null),
                < 9 => NightAnswer.Accepted with { After = TimeSpan.FromSeconds(4 * _chance.NextDouble()) },
                _ => NightAnswer.Accepted,
            };
        }

        /// <summary>Persons, beside the sending.</summary>
        async Task OrderAsync(CancellationToken over)
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 + (6 * _chance.NextDouble())), _day.Time, over).Quietly();
                if (over.IsCancellationRequested || _day.IsKilled || IsOver())
                    return;

                switch (_chance.Next(16))
                {
                    case < 4:
                        Give(OrderKind.Pause);
                        break;
                    case < 9:
                        Lift();
                        break;
                    case 9:
                        Give(OrderKind.Rate);
                        break;
                    case 10:
                        Give(OrderKind.End);
                        break;
                    case 11 when _chance.Next(3) == 0:
                        Give(OrderKind.Cancel);
                        break;
                    case < 15:
                        Extend();
                        break;
                    default:
                        break;
                }
            }
        }

        void Give(OrderKind kind)
        {
            var lane = _chance.Next(2) == 0 ? "viettel" : "vinaphone";
            var scope = kind == OrderKind.Rate ? new OrderScope(null, lane)
                : new OrderScope(_run, _chance.Next(kind == OrderKind.Pause ? 2 : 4) == 0 ? null : lane);
            _told.Add($"{_day.Time.GetUtcNow():dd HH:mm:ss} {kind} {scope.Lane}");
            _day.Registry.Orders.Give(
                new NewOrder(kind, scope, Officer, "lãnh đạo gọi") { Rate = kind == OrderKind.Rate ? 1 : null },
                Words,
                _day.Time.GetUtcNow());
        }

        void Lift()
        {
            if (_day.Registry.Orders.Read().FirstOrDefault(order => !order.IsForGood) is not { } order)
                return;

            _told.Add($"{_day.Time.GetUtcNow():dd HH:mm:ss} lifted {order.Kind} {order.Lane}");
            _day.Registry.Orders.Lift(order, Officer, "xong", Words, _day.Time.GetUtcNow());
        }

        /// <summary>As 'extend' writes it down, where it is later than what stands.</summary>
        void Extend()
        {
            var (now, window) = (_day.Time.GetUtcNow(), _day.Registry.Find(_run)!.ReadSchedule().Window);
            var day = window.DayOf(now);
            var until = window.HourOfClosing(day).AddMinutes(1);
            if (now < window.OpensOn(day) || now >= window.ClosesOn(day) || until > new TimeOnly(19, 4))
                return;

            _told.Add($"{now:dd HH:mm:ss} extended to {until}");
            _day.Registry.Extend(
                _run,
                WindowExtension.Of(day, until, Officer, "lãnh đạo gọi"),
                new Decision(_run, window.Extend(day, until).ClosesOn(day), now, DecisionKind.Extended, Words));
        }

        bool IsOver() => _day.Registry.Find(_run)!.State.IsOver();

        void Hold(bool isSo, string broken) =>
            Assert.True(isSo, $"{SeedVariable}={_seed}: {broken} ({string.Join("; ", _told)})");
    }
}
