using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>A run on three lanes, of which one may stand in for the others.</summary>
public abstract class RoutingCase : IDisposable
{
    private protected const int Each = 20;
    private protected static readonly DateTimeOffset Start = new(2025, 7, 30, 8, 0, 0, TimeSpan.Zero);

    private protected readonly TempFolder _folder = new();
    private protected readonly MovingTime _time = new(Start, TimeSpan.FromMicroseconds(100));
    private protected readonly ProcessClock _clock;
    private protected readonly Dictionary<string, ScriptedCarrier> _carriers = [];
    private protected string _path = "";
    private protected Func<PhoneNumber, string?>? _lookup;

    private protected readonly List<string> _reopened = [];
    private protected TimeOnly _closes = new(22, 0);

    /// <summary>Until then the wall clock says two hours less than it is.</summary>
    private protected DateTimeOffset _astrayUntil;

    protected RoutingCase() => _clock = new ProcessClock(new AstrayTime(_time, () => _astrayUntil));

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
    }

    /// <summary>A lane that has no account: nothing of the program expects that.</summary>
    private protected string? _without;

    private protected readonly List<string> _faulted = [];

    /// <summary>Asks the process to stop a moment after so many messages, the first not counted,
    /// were handed over.</summary>
    private protected SendResult StopAfter(OutboundSms message, CancellationTokenSource stopping, int count)
    {
        if (_carriers.Values.SelectMany(carrier => carrier.Numbers).Count(number => number != Number(1, 1)) >= count)
            stopping.CancelAfter(200);
        return SendResult.Accepted("id-" + message.Reference);
    }

    /// <summary>As the program holds a lane where too much fails.</summary>
    private protected async Task HoldAsync(int lane)
    {
        await using var ledger = RunLedger.Open(_path, _clock);
        await ledger.Trials.HoldAsync(
            lane, new TrialFinding(TrialVerdict.Failed, 50, 30, 20, FailureClass.Content, Reason.None, "code 31"));
    }

    private protected int Calls(string lane) => _carriers[lane].Calls.Count;

    private protected static long Number(int carrier, int position) =>
        (carrier == 1 ? 84980000000 : 84910000000) + position;

    private protected static long Seq(int carrier, int position) => MessageSeq.Of(carrier, position);

    private protected async Task<SendEnd> SendAsync(int inFlight = 4, CancellationToken stopping = default)
    {
        await using var ledger = RunLedger.Open(_path, _clock);
        using var accounts = new LaneAccounts(
            Lanes().Where(lane => lane.Name != _without).Select(lane => new LaneAccount(
                lane with { Options = With(lane.Options, inFlight) }, CarrierOf(lane), Pace.Of(lane.Options, _clock))),
            _clock);
        var session = new RunSession(
            ledger,
            new SendWindow(new TimeOnly(7, 0), _closes, TimeZoneInfo.Utc),
            accounts,
            _clock,
            (lane, _) => _faulted.Add(lane))
        {
            Reopened = _reopened.Add,
        };
        var sending = session.SendAsync(DateOnly.FromDateTime(Start.UtcDateTime), stopping);
        await _time.DriveAsync(sending, ledger.NoticeResolutionsAsync);
        return await sending;
    }

    private protected ICarrier CarrierOf(Lane lane)
    {
        if (!_carriers.TryGetValue(lane.Name, out var carrier))
            carrier = _carriers[lane.Name] = ScriptedCarrier.ThatAccepts(lane.Options.MostPerCall);
        return lane.Name == "esms" && _lookup is not null ? new CarrierThatKnows(carrier, _lookup) : carrier;
    }

    private protected static LaneOptions With(LaneOptions options, int inFlight)
    {
        options.MaxInFlight = Math.Max(inFlight, options.MostPerCall);
        return options;
    }

    private protected Action<LaneOptions> _standsIn = _ => { };
    private protected int _listSize = 1;

    private protected List<Lane> Lanes()
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

    private protected void Create(
        bool fallback = false, int listSize = 1, Action<LaneOptions>? standsIn = null, string text = SomeRun.Text)
    {
        _path = Path.Combine(_folder.Path, "runs", "some.db");
        (_standsIn, _listSize) = (standsIn ?? _standsIn, listSize);
        var description = SomeRun.Description with
        {
            Texts = new Dictionary<string, string> { ["chinh"] = text },
            UsesFallback = fallback,
        };
        using var builder = new RunBuilder(_path);
        for (var carrier = 1; carrier <= 2; carrier++)
        {
            for (var position = 1; position <= Each; position++)
                builder.AddMessage(
                    carrier, new MessageRow(Number(carrier, position), 1, 1, CarrierRule.Prefix, 1, position + 1));
        }

        var parts = SmsText.Compose(text).PartsIn(LengthTable.Standard);
        builder.Complete(
            new ImportedAudience
            {
                Sources = [new AudienceSource("subscribers.csv", "00", 2 * Each)],
                Segments = [new AudienceSegment("toan-tinh", "chinh", 1, 2 * Each)],
                Carriers =
                [
                    new AudienceCarrier("viettel", "Viettel", "viettel"),
                    new AudienceCarrier("vinaphone", "VinaPhone", "vnpt"),
                ],
                Areas = ["Xã Ea Bung"],
                Recipients = [new AudienceCount(1, 1, Each), new AudienceCount(2, 1, Each)],
                Excluded = new Dictionary<ExclusionReason, long>(),
                Repaired = new Dictionary<string, long>(),
                Hash = "b",
            },
            new Plan(
                [.. Lanes().Select(
                    (lane, at) => new PlannedLane(at + 1, lane.Name, 10_000, RateUnit.Parts, ReceiptTrust.None,
                        TimeSpan.FromHours(1), 300m, LaneSettings.ToJson(lane.Options)))],
                [
                    new Batch(1, 1, 1, Seq(1, 1), Seq(1, Each), parts),
                    new Batch(2, 2, 1, Seq(2, 1), Seq(2, Each), parts),
                ],
                "c"),
            description);
    }

    sealed class AstrayTime(MovingTime time, Func<DateTimeOffset> until) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() =>
            time.GetUtcNow() is var now && now < until() ? now - TimeSpan.FromHours(2) : now;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }

    private protected sealed class CarrierThatKnows(
        ScriptedCarrier carrier, Func<PhoneNumber, string?> find) : ICarrier, INetworkLookup
    {
        public int MostPerCall => carrier.MostPerCall;

        public bool LooksUpNetworks => true;

        public Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
            carrier.SendAsync(messages, departure, cancellationToken);

        public Task<string?> FindNetworkAsync(PhoneNumber number, CancellationToken cancellationToken) =>
            Task.FromResult(find(number));
    }
}
