using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>
/// Where the contracts keep the ledger of one run: a kind of ledger derives from this, and says where it lies. What
/// stands in it is written and read through the interfaces.
/// </summary>
abstract class RunStorage : IDisposable
{
    public const int FirstLane = 1;
    public const int SecondLane = 2;

    /// <summary>Messages of the first lane: so many of its first batch, of the first segment...</summary>
    public const int OfFirstBatch = 3;

    /// <summary>...so many of its second, of the second segment, in two parts each...</summary>
    public const int OfSecondBatch = 2;

    /// <summary>...and so many of the second lane.</summary>
    public const int OnSecondLane = 2;

    public const int All = OfFirstBatch + OfSecondBatch + OnSecondLane;

    protected RunStorage() => Clock = new ProcessClock(Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 7, 30, 3, 0, 0, TimeSpan.Zero));

    public ProcessClock Clock { get; }

    /// <summary>Rows that are not recipients, as they are imported.</summary>
    public static IReadOnlyList<ExclusionRow> Exclusions { get; } =
    [
        new(1, 9, 1, ExclusionReason.Duplicate, SomeRun.Number(2), null),
        new(1, 10, 1, ExclusionReason.NotANumber, null, "không có"),
        new(1, 11, 2, ExclusionReason.AlreadySent, SomeRun.Number(99), null, new DateOnly(2025, 7, 29)),
        new(1, 12, 0, ExclusionReason.OutsideSegments, SomeRun.Number(98), null),
    ];

    public static ImportedAudience Audience { get; } = new()
    {
        Sources = [new AudienceSource("subscribers.csv", "00", 11)],
        Segments =
            [new AudienceSegment("toan-tinh", "chinh", 1, 7), new AudienceSegment("vung-sau", "chinh", 2, 3)],
        Outside = 1,
        Carriers =
        [
            new AudienceCarrier("viettel", "Viettel", "viettel"),
            new AudienceCarrier("vinaphone", "VinaPhone", "vinaphone"),
        ],
        Areas = ["Xã Ea Bung", "Xã Tân An"],
        Recipients =
        [
            new AudienceCount(1, 1, OfFirstBatch), new AudienceCount(1, 2, OfSecondBatch),
            new AudienceCount(2, 1, OnSecondLane),
        ],
        Excluded = new Dictionary<ExclusionReason, long>(),
        Repaired = new Dictionary<string, long>(),
        Hash = "b",
    };

    public static Plan Plan { get; } = new(
        [Lane(FirstLane, "viettel"), Lane(SecondLane, "vinaphone")],
        [
            new Batch(FirstLane, 1, 1, Seq(1), Seq(OfFirstBatch), 1),
            new Batch(FirstLane, 1, 2, Seq(OfFirstBatch + 1), Seq(OfFirstBatch + OfSecondBatch), 2),
            new Batch(SecondLane, 2, 1, OnSecond(1), OnSecond(OnSecondLane), 1),
        ],
        "c");

    /// <summary>Whether anything is there under the run's name, finished or not.</summary>
    public abstract bool IsAnythingThere { get; }

    /// <summary>Where what is known of the run beside its ledger is kept.</summary>
    public abstract DataFolder Data { get; }

    /// <summary>What is kept of the run, by its address.</summary>
    public abstract IKeptRun Kept { get; }

    /// <summary>Opens it to be sent as a process does, without what is known of it elsewhere.</summary>
    /// <param name="lanes">Which it takes; null: all.</param>
    public abstract IRunLedger Open(ProcessClock clock, IReadOnlyCollection<int>? lanes = null);

    /// <summary>Another of the same kind, which is disposed with this.</summary>
    public abstract RunStorage Beside();

    public abstract void Dispose();

    /// <summary>Key of the n-th message of the first lane, counted from 1.</summary>
    public static long Seq(int position) => SomeRun.SeqOn(FirstLane, position);

    /// <summary>The same of the second.</summary>
    public static long OnSecond(int position) => SomeRun.SeqOn(SecondLane, position);

    public IRunLedger Open(IReadOnlyCollection<int>? lanes = null) => Open(Clock, lanes);

    /// <summary>Makes the run.</summary>
    public void Create(bool replace = false)
    {
        using var builder = Kept.Build();
        AddRows(builder);
        builder.Complete(Audience, Plan, SomeRun.Description, replace);
    }

    /// <summary>All its rows, the carriers' interleaved: lines 2 to 8; then
    /// <see cref="Exclusions"/>.</summary>
    /// <param name="first">Another number of the first message.</param>
    public static void AddRows(IRunBuilder builder, long? first = null)
    {
        var line = 1;
        for (var position = 1; position <= OfFirstBatch + OfSecondBatch; position++)
        {
            var segment = position <= OfFirstBatch ? 1 : 2;
            var number = position == 1 && first is { } other ? other : SomeRun.Number(position);
            builder.AddMessage(1, Row(number, segment, ++line));
            if (position <= OnSecondLane)
                builder.AddMessage(2, Row(NumberOnSecond(position), 1, ++line));
        }

        foreach (var row in Exclusions)
            builder.AddExclusion(row);
    }

    public static long NumberOnSecond(int position) => SomeRun.Number(position) + 30_000_000;

    public static MessageRow Row(long number, int segment, int line) =>
        new(number, segment, segment, CarrierRule.Prefix, 1, line);

    /// <summary>A call for messages next to each other of one batch.</summary>
    public static PlannedCall Call(int position, int messages = 1, int lane = FirstLane, bool oneByOne = false)
    {
        var at = Plan.Batches.ToList().FindIndex(each =>
            each.Lane == lane && each.LastSeq >= SomeRun.SeqOn(lane, position));
        var batch = Plan.Batches[at];
        return new PlannedCall(
            lane,
            new PlannedBatch(at + 1, lane, batch.Segment, batch.FirstSeq, batch.LastSeq, batch.Parts),
            [.. Enumerable.Range(position, messages).Select(each => new PlannedMessage(
                SomeRun.SeqOn(lane, each),
                lane == FirstLane ? SomeRun.Number(each) : NumberOnSecond(each)))],
            KeepCarrierReference: true)
        {
            OneByOne = oneByOne,
        };
    }

    /// <summary>Writes an intent.</summary>
    /// <returns>Its id.</returns>
    public static async Task<long> BeginAsync(IRunLedger ledger, PlannedCall call) =>
        (await ledger.BeginAsync([call]))[0] ?? throw new InvalidOperationException("it was not begun");

    /// <summary>One message, handed over now and answered.</summary>
    public async Task SendAsync(IRunLedger ledger, int position, SendResult result, int lane = FirstLane)
    {
        var call = Call(position, lane: lane);
        await ledger.FinishAsync(
            [new CallResult(call, await BeginAsync(ledger, call), 0, Clock.Now(), [result])]);
    }

    /// <summary>A receipt about a message of the first lane.</summary>
    /// <param name="part">As of <see cref="NamedMessage"/>.</param>
    public static MatchedReceipt Receipt(int position, MessageStatus status, long id = 1, int part = 0) => new(
        id,
        0,
        FirstLane,
        new NamedMessage(Seq(position), part, 0),
        new DeliveryReceipt(null, null, status, null, "X", null));

    /// <summary>As a person does in a process of its own.</summary>
    /// <returns>How many were settled.</returns>
    public async Task<int> SettleAsync(
        MessageStatus status, string who, string why, Action<PersonsResolution>? witness, params long[] messages)
    {
        using var resolutions = Kept.Resolve();
        return await resolutions.SettleAllAsync(
            messages, status, Who.Here(who), why, Clock, () => Task.FromResult(true), witness);
    }

    static PlannedLane Lane(int id, string name) => new(
        id,
        name,
        100_000,
        RateUnit.Parts,
        ReceiptTrust.Handset,
        TimeSpan.FromHours(1),
        330m,
        $$"""{"of":"{{name}}"}""");
}
