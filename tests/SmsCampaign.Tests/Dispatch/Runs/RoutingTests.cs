using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>What goes to another lane than the plan said: numbers on another network, and what a stopped lane holds.</summary>
public sealed class RoutingTests : IDisposable
{
    const int Each = 20;
    static readonly DateTimeOffset Start = new(2025, 7, 30, 8, 0, 0, TimeSpan.Zero);

    readonly TempFolder _folder = new();
    readonly MovingTime _time = new(Start, TimeSpan.FromMicroseconds(100));
    readonly ProcessClock _clock;
    readonly Dictionary<string, ScriptedCarrier> _carriers = [];
    string _path = "";
    Func<PhoneNumber, string?>? _lookup;

    public RoutingTests() => _clock = new ProcessClock(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_number_on_another_network_goes_to_the_lane_of_that_network_once()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("ALIAS_INVALID:TELCO=VN", "vinaphone") : SendResult.Accepted("id"));

        Assert.Equal(SendEnd.Done, await SendAsync());

        Assert.Equal((Each, Each + 1, 0), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        Assert.Contains(Number(1, 3), _carriers["vnpt"].Numbers);
        var status = RunStatus.Read(_path);
        Assert.True(status.Balances);
        Assert.Equal([Each - 1L, Each + 1, 0], status.Lanes.Select(lane => lane.Count(MessageStatus.Accepted)));
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal(
            $"{Seq(1, 3)}|2|1|vinaphone|ALIAS_INVALID:TELCO=VN", db.ReadText("select seq || '|' || lane || '|' || why || '|' || network || '|' || code from route"));
    }

    [Fact]
    public async Task Where_the_gateway_does_not_say_which_network_it_goes_to_the_lane_that_stands_in()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));

        await SendAsync();

        Assert.Equal((Each, Each, 1), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        Assert.Equal(2 * Each, SomeRun.Count(_path)[MessageStatus.Accepted]);
    }

    /// <summary>Each comes when the lane has nothing else left, and one waits there no longer than it takes to give it up: that nothing was
    /// handed over meanwhile does not mean that nothing was found.</summary>
    [Fact]
    public async Task Messages_that_move_one_after_the_other_to_a_lane_that_must_not_send_them_are_uncertain_and_the_run_goes_on()
    {
        Create();
        var calls = new Dictionary<long, int>();
        _carriers["viettel"] = new ScriptedCarrier(message =>
        {
            if (message.To.Msisdn != Number(1, 3) && message.To.Msisdn != Number(1, 4))
                return SendResult.Accepted("id");
            lock (calls)
                calls[message.To.Msisdn] = calls.GetValueOrDefault(message.To.Msisdn) + 1;
            return calls[message.To.Msisdn] switch
            {
                1 => SendResult.Lost(Reason.ConnectionLost, "reset"),
                2 when message.To.Msisdn == Number(1, 4) => SendResult.Busy("HTTP 503", TimeSpan.FromSeconds(45)),
                _ => SendResult.WrongNetwork("code 25"),
            };
        })
        {
            DropsRepeats = true,
        };

        Assert.Equal(SendEnd.Done, await SendAsync());

        Assert.Equal(0, Calls("esms"));
        Assert.Equal((2 * Each - 2L, 2L), (SomeRun.Count(_path)[MessageStatus.Accepted], SomeRun.Count(_path)[MessageStatus.Uncertain]));
    }

    /// <summary>Whoever decides writes to the ledger through another process or connection, and the run takes note later.</summary>
    [Fact]
    public async Task What_was_put_back_a_moment_before_it_moves_is_counted_on_the_lane_it_moves_to_and_nowhere_else()
    {
        Create();
        await using var ledger = RunLedger.Open(_path, _clock);
        var call = new PlannedCall(
            1, new PlannedBatch(1, 1, 1, Seq(1, 1), Seq(1, Each), 1), [new PlannedMessage(Seq(1, 3), Number(1, 3))], KeepCarrierReference: false);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
        await ledger.FinishAsync([new CallResult(call, attempt, 0, _clock.Now(), [SendResult.Uncertain(Reason.ConnectionLost, "reset")])]);
        using (var resolutions = new RunResolutions(_path))
            resolutions.Settle([Seq(1, 3)], MessageStatus.Planned, "a person", "the carrier does not know it", _clock.Now());

        Assert.Equal(Each, await ledger.MoveAsync(1, 3, new Dictionary<int, int> { [1] = 1 }, "lane stopped"));
        await ledger.NoticeResolutionsAsync();

        Assert.Equal((0, 0), CountedOn(1));
        Assert.Equal((0, Each), CountedOn(3));
        await ledger.CheckBalanceAsync();

        (long Uncertain, long Planned) CountedOn(int lane) =>
            (ledger.Counters.Of(lane, MessageStatus.Uncertain), ledger.Counters.Of(lane, MessageStatus.Planned));
    }

    [Fact]
    public async Task A_gateway_that_can_tell_is_asked_for_the_network()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));
        _carriers["esms"] = ScriptedCarrier.ThatAccepts();
        var asked = new List<long>();
        _lookup = number =>
        {
            asked.Add(number.Msisdn);
            return "vinaphone";
        };

        await SendAsync();

        Assert.Equal([Number(1, 3)], asked);
        Assert.Equal((Each, Each + 1, 0), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal("vinaphone", db.ReadText("select network from route"));
    }

    [Fact]
    public async Task It_moves_once_and_then_the_refusal_stands()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("to vinaphone", "vinaphone") : SendResult.Accepted("id"));
        _carriers["vnpt"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("to viettel", "viettel") : SendResult.Accepted("id"));

        await SendAsync();

        Assert.Equal((Each, Each + 1, 0), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal($"6|{(int)FailureClass.Number}|to viettel", db.ReadText($"select status || '|' || failure || '|' || code from state where seq = {Seq(1, 3)}"));
    }

    [Fact]
    public async Task With_no_lane_that_takes_it_the_refusal_stands()
    {
        Create(standsIn: options => options.MostParts = 1, text: new string('ă', 100)); // two parts
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));

        await SendAsync();

        Assert.Equal(0, Calls("esms"));
        Assert.Equal(1, SomeRun.Count(_path)[MessageStatus.Failed]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_stopped_lane_holds_goes_to_another_only_where_the_campaign_says_so(bool allowed)
    {
        Create(fallback: allowed, listSize: 5);
        var calls = 0;
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _carriers["viettel"] = new(message => Interlocked.Increment(ref calls) == 4 ? SendResult.Misconfigured("code 6") : Accept(message));
        _carriers["vnpt"] = new(Accept);

        var end = await SendAsync(inFlight: 1, stopping.Token);

        Assert.Equal(allowed ? SendEnd.Done : SendEnd.Stopped, end);
        Assert.Equal(4, Calls("viettel"));
        Assert.Equal(allowed ? Each - 3 : 0, _carriers["esms"].Numbers.Count());
        Assert.Equal(allowed ? 2 * Each : Each + 3, SomeRun.Count(_path)[MessageStatus.Accepted]);
        Assert.Equal(allowed ? 0 : Each - 3, SomeRun.Count(_path).GetValueOrDefault(MessageStatus.Planned));
        if (allowed)
            Assert.True(_carriers["esms"].Calls.Count <= 5, "in lists");

        // Whichever lane is done first.
        SendResult Accept(OutboundSms message) => allowed ? SendResult.Accepted("id") : StopAfter(message, stopping, Each + 2);
    }

    /// <summary>The stopped lane does nothing with them but let them move: they were found all the same.</summary>
    [Fact]
    public async Task What_is_put_back_on_a_stopped_lane_one_after_the_other_goes_to_another_each_time()
    {
        Create(fallback: true);
        var (calls, holds) = (0, 0);
        _carriers["viettel"] = new(_ => Interlocked.Increment(ref calls) switch
        {
            1 or 3 or 5 => SendResult.Uncertain(Reason.ConnectionLost, "reset"),
            6 => SendResult.Misconfigured("code 6"),
            _ => SendResult.Accepted("id"),
        });
        _carriers["vnpt"] = new(_ =>
        {
            if (++holds > 4)
                return SendResult.Accepted("id");
            if (holds > 1)
            {
                using var resolutions = new RunResolutions(_path);
                resolutions.Settle([Seq(1, 2 * holds - 3)], MessageStatus.Planned, "a person", "the carrier does not know it", holds);
            }

            return SendResult.TooFast("429", TimeSpan.FromSeconds(10)); // time enough for it to move
        });

        Assert.Equal(SendEnd.Done, await SendAsync(inFlight: 1));

        Assert.Equal(Enumerable.Range(1, Each).Except([2, 4]).Select(at => Number(1, at)), _carriers["esms"].Numbers.Order());
        Assert.Equal(2 * Each, SomeRun.Count(_path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task What_may_have_been_sent_stays_with_its_lane()
    {
        Create(fallback: true);
        var calls = 0;
        _carriers["viettel"] = new(message => Interlocked.Increment(ref calls) switch
        {
            1 => SendResult.Lost(Reason.ConnectionLost, "no answer"),
            4 => SendResult.Misconfigured("code 6"),
            _ => SendResult.Accepted("id"),
        })
        {
            DropsRepeats = true,
        };
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _carriers["esms"] = new(message => StopAfter(message, stopping, 2 * Each));
        _carriers["vnpt"] = new(message => StopAfter(message, stopping, 2 * Each));

        await SendAsync(inFlight: 1, stopping.Token);

        Assert.DoesNotContain(Number(1, 1), _carriers["esms"].Numbers);
        Assert.Equal(Each - 3, _carriers["esms"].Numbers.Count());
    }

    [Fact]
    public async Task After_a_crash_a_moved_message_is_with_its_new_lane_and_nowhere_else()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        var tooFast = true;
        _carriers["esms"] = new(message =>
        {
            if (!tooFast)
                return SendResult.Accepted("id");
            stopping.Cancel();
            return SendResult.Deferred("closed", TimeSpan.FromHours(1)); // planned again, without a row of its own
        });
        Assert.Equal(SendEnd.Stopped, await SendAsync(1, stopping.Token));
        tooFast = false;

        await SendAsync();

        Assert.Equal((Each, 2), (Calls("viettel"), Calls("esms")));
        Assert.Equal(2 * Each, SomeRun.Count(_path)[MessageStatus.Accepted]);
        Assert.True(RunStatus.Read(_path).Balances);
    }

    [Fact]
    public async Task A_receipt_of_the_new_lane_is_its_messages_and_one_of_the_old_is_not()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));
        await SendAsync();

        await using var ledger = RunLedger.Open(_path, _clock);

        Assert.Equal((3, 1, 2), (ledger.LaneOf(Seq(1, 3)), ledger.LaneOf(Seq(1, 4)), ledger.LaneOf(Seq(2, 4))));
        Assert.Equal((Each - 1, 1), (ledger.Counters.Of(1, MessageStatus.Accepted), ledger.Counters.Of(3, MessageStatus.Accepted)));
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task The_installation_learns_which_network_a_number_is_on()
    {
        Create();
        _carriers["viettel"] = new(message => (message.To.Msisdn - Number(1, 0)) switch
        {
            3 => SendResult.WrongNetwork("to vinaphone", "vinaphone"),
            4 => SendResult.WrongNetwork("code 25"), // moved, but nothing to learn
            _ => SendResult.Accepted("id"),
        });
        await SendAsync();
        var registry = new RunRegistry(new DataFolder(_folder.Path));

        Assert.Equal(1, registry.Ported.LearnFrom(_path));
        Assert.Equal(0, registry.Ported.LearnFrom(_path));
        Assert.Equal((Number(1, 3), "vinaphone"), Assert.Single(registry.Ported.Read()).OnNetwork);
    }

    [Fact]
    public async Task A_lane_that_meets_a_fault_of_the_program_does_not_end_the_others()
    {
        Create();
        _without = "viettel";

        var fault = await Assert.ThrowsAsync<LaneFaultException>(() => SendAsync());

        Assert.Equal(("viettel", "viettel"), (fault.Lane, Assert.Single(_faulted)));
        Assert.Equal(Each, Calls("vnpt"));
    }

    /// <summary>A lane that has no account: nothing of the program expects that.</summary>
    string? _without;

    readonly List<string> _faulted = [];

    [Fact]
    public async Task A_fault_in_what_calls_one_gateway_stops_that_lane_and_no_other()
    {
        Create();
        using var stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _carriers["viettel"] = new ScriptedCarrier(_ => throw new InvalidOperationException("a bug"));
        _carriers["vnpt"] = new ScriptedCarrier(message =>
        {
            if (Calls("vnpt") == Each) // and of the other as many as were under way when it stopped: one or two
                stopping.CancelAfter(200);
            return SendResult.Accepted("id-" + message.Reference);
        });

        Assert.Equal(SendEnd.Stopped, await SendAsync(inFlight: 2, stopping.Token));

        Assert.InRange(Calls("viettel"), 1, 2);
        Assert.Equal((Each, Calls("viettel")), (SomeRun.Count(_path)[MessageStatus.Accepted], SomeRun.Count(_path)[MessageStatus.Uncertain]));
    }

    /// <summary>Asks the process to stop a moment after so many messages, the first not counted, were handed over.</summary>
    SendResult StopAfter(OutboundSms message, CancellationTokenSource stopping, int count)
    {
        if (_carriers.Values.SelectMany(carrier => carrier.Numbers).Count(number => number != Number(1, 1)) >= count)
            stopping.CancelAfter(200);
        return SendResult.Accepted("id-" + message.Reference);
    }

    int Calls(string lane) => _carriers[lane].Calls.Count;

    static long Number(int carrier, int position) => (carrier == 1 ? 84980000000 : 84910000000) + position;

    static long Seq(int carrier, int position) => MessageSeq.Of(carrier, position);

    async Task<SendEnd> SendAsync(int inFlight = 4, CancellationToken stopping = default)
    {
        await using var ledger = RunLedger.Open(_path, _clock);
        using var accounts = new LaneAccounts(Lanes().Where(lane => lane.Name != _without).Select(lane => new LaneAccount(
            lane with { Options = With(lane.Options, inFlight) }, CarrierOf(lane), Pace.Of(lane.Options, _clock))), _clock);
        var session = new RunSession(ledger, new SendWindow(new TimeOnly(7, 0), new TimeOnly(22, 0), TimeZoneInfo.Utc), accounts, _clock, (lane, _) => _faulted.Add(lane));
        var sending = session.SendAsync(DateOnly.FromDateTime(Start.UtcDateTime), stopping);
        await _time.DriveAsync(sending, ledger.NoticeResolutionsAsync);
        return await sending;
    }

    ICarrier CarrierOf(Lane lane)
    {
        if (!_carriers.TryGetValue(lane.Name, out var carrier))
            carrier = _carriers[lane.Name] = ScriptedCarrier.ThatAccepts(lane.Options.MostPerCall);
        return lane.Name == "esms" && _lookup is not null ? new CarrierThatKnows(carrier, _lookup) : carrier;
    }

    static LaneOptions With(LaneOptions options, int inFlight)
    {
        options.MaxInFlight = Math.Max(inFlight, options.MostPerCall);
        return options;
    }

    Action<LaneOptions> _standsIn = _ => { };
    int _listSize = 1;

    List<Lane> Lanes()
    {
        var esms = Options("itel");
        esms.FallbackFor = ["viettel", "vinaphone"];
        esms.MostPerCall = _listSize;
        _standsIn(esms);
        return [new("viettel", Options("viettel")), new("vnpt", Options("vinaphone")), new("esms", esms)];

        static HttpLaneOptions Options(string carrier) => new()
        {
            Type = "http",
            StandIn = true,
            Rate = 10_000,
            Carriers = [carrier],
            ReceiptTrust = ReceiptTrust.None,
            PricePerPart = 300,
        };
    }

    void Create(bool fallback = false, int listSize = 1, Action<LaneOptions>? standsIn = null, string text = SomeRun.Text)
    {
        _path = Path.Combine(_folder.Path, "runs", "some.db");
        (_standsIn, _listSize) = (standsIn ?? _standsIn, listSize);
        var info = new Dictionary<string, string> { ["key"] = "some/2025-07-30", ["code"] = SomeRun.Code, ["sender"] = "CHINH PHU", ["text:chinh"] = text };
        if (fallback)
            info["fallback"] = "1";

        using var builder = new RunBuilder(_path);
        for (var carrier = 1; carrier <= 2; carrier++)
        {
            for (var position = 1; position <= Each; position++)
                builder.AddMessage(carrier, new MessageRow(Number(carrier, position), 1, 1, CarrierRule.Prefix, 1, position + 1));
        }

        var parts = SmsText.Compose(text).PartsIn(LengthTable.Standard);
        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", 2 * Each)],
                Segments = [new AudienceSegment("toan-tinh", "chinh", 1, 2 * Each)],
                Carriers = [new AudienceCarrier("viettel", "Viettel", "viettel"), new AudienceCarrier("vinaphone", "VinaPhone", "vnpt")],
                Areas = ["Xã Ea Bung"],
                Recipients = [new AudienceCount(1, 1, Each), new AudienceCount(2, 1, Each)],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "b",
            },
            new Plan(
                [.. Lanes().Select((lane, at) => new PlannedLane(at + 1, lane.Name, 10_000, RateUnit.Parts, ReceiptTrust.None,
                    TimeSpan.FromHours(1), 300m, LaneSettings.ToJson(lane.Options)))],
                [new Batch(1, 1, 1, Seq(1, 1), Seq(1, Each), parts), new Batch(2, 2, 1, Seq(2, 1), Seq(2, Each), parts)],
                "c"),
            info);
    }

    sealed class CarrierThatKnows(ScriptedCarrier carrier, Func<PhoneNumber, string?> find) : ICarrier, INetworkLookup
    {
        public int MostPerCall => carrier.MostPerCall;

        public bool LooksUpNetworks => true;

        public Task<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
            carrier.SendAsync(messages, departure, cancellationToken);

        public Task<string?> FindNetworkAsync(PhoneNumber number, CancellationToken cancellationToken) => Task.FromResult(find(number));
    }
}
