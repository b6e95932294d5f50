using System.Buffers;
using System.Text.Json;

namespace SmsCampaign.Simulator;

/// <summary>Some time of a day.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included.</param>
public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To)
{
    public bool Holds(DateTimeOffset moment) => From <= moment && moment < To;
}

/// <summary>A stand-in gateway's day. Perfect and prompt, but for what is said here.</summary>
/// <param name="Name">The lane's.</param>
/// <param name="Rate">What it serves in a second, in the unit of its contract, where it is slow: the
/// share is of this.</param>
public sealed record VirtualGatewayOptions(string Name, int Rate)
{
    /// <summary>When it cannot be reached. What it had taken and not answered by then is never answered.</summary>
    public IReadOnlyList<Stretch> Outages { get; init; } = [];

    /// <summary>When it serves only a share of its rate, over 0 and under 1: who calls faster waits longer.</summary>
    public IReadOnlyList<(Stretch When, double Share)> Slow { get; init; } = [];

    /// <summary>Whether it brings a receipt of each message.</summary>
    public bool BringsReceipts { get; init; } = true;

    /// <summary>Whether a repeat of a message is answered as the first was, and goes to no phone.</summary>
    public bool DropsRepeats { get; init; }

    /// <summary>Least time to answer.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Answers come at whole multiples of it, so that less of a day has something happen.</summary>
    public TimeSpan AnswersEvery { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>From taking a message to its receipt.</summary>
    public TimeSpan ReceiptDelay { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// A stand-in gateway without a network, for a day on somebody else's clock: every call says what time it is, and what
/// it answers at that time is always the same. Safe for several threads.
/// </summary>
public sealed class VirtualGateway(VirtualGatewayOptions options)
{
    /// <summary>Receipts in a callback.</summary>
    const int MostInACallback = 200;

    readonly Lock _lock = new();
    readonly Queue<(DateTimeOffset Due, string Reference, string Id)> _receipts = new();
    readonly PhoneSet _phones = new();
    DateTimeOffset _served;
    long _ids;

    public VirtualGatewayOptions Options => options;

    /// <summary>Messages it took, repeats that it dropped left out.</summary>
    public long Taken { get; private set; }

    /// <summary>Messages to a phone that had one already. There must be none.</summary>
    public long Repeated { get; private set; }

    /// <summary>Receipts that were brought.</summary>
    public long ReceiptsBrought { get; private set; }

    /// <summary>When the last of them was; null before the first.</summary>
    public DateTimeOffset? LastReceipt { get; private set; }

    /// <summary>Receipts that are to be brought yet.</summary>
    public int ReceiptsWaiting
    {
        get
        {
            lock (_lock)
                return _receipts.Count;
        }
    }

    /// <summary>When it took the first message; null before.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>When it took the last; null before the first.</summary>
    public DateTimeOffset? Last { get; private set; }

    public bool IsAway(DateTimeOffset now) => FindOutage(now) is not null;

    /// <summary>Takes the messages of a call.</summary>
    /// <param name="cost">Of the call, in the unit of <see cref="VirtualGatewayOptions.Rate"/>.</param>
    public GatewayAnswer Take(IReadOnlyList<(string Reference, long Phone)> messages, int cost, DateTimeOffset now)
    {
        lock (_lock)
        {
            First ??= now;
            Last = now;
            var ids = new string[messages.Count];
            for (var at = 0; at < ids.Length; at++)
                ids[at] = Take(messages[at].Reference, messages[at].Phone, now);

            var answersAt = RoundUp(now + options.Latency);
            if (ShareAt(now) is { } share)
            {
                var from = _served > now ? _served : now;
                _served = from + TimeSpan.FromSeconds(cost / (options.Rate * share));
                answersAt = _served > answersAt ? _served : answersAt;
            }

            var cutOff = options.Outages.Where(outage => outage.From > now && outage.From <= answersAt);
            return cutOff.Select(outage => new GatewayAnswer(ids, outage.From, IsLost: true))
                .DefaultIfEmpty(new GatewayAnswer(ids, answersAt, IsLost: false))
                .First();
        }
    }

    /// <summary>The next callback that is due; it counts as brought, and must be kept by whoever takes it.</summary>
    /// <returns>Null where none is.</returns>
    public byte[]? TakeCallback(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (IsAway(now) || !_receipts.TryPeek(out var first) || first.Due > now)
                return null;

            LastReceipt = now;
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteStartArray("receipts"u8);
                for (var count = 0;
                     count < MostInACallback && _receipts.TryPeek(out var receipt) && receipt.Due <= now;
                     count++)
                {
                    _receipts.Dequeue();
                    ReceiptsBrought++;
                    json.WriteStartObject();
                    json.WriteString("reference"u8, receipt.Reference);
                    json.WriteString("id"u8, receipt.Id);
                    json.WriteString("status"u8, "DELIVRD"u8); // SMPP 3.4, 5.2.28
                    json.WriteString("code"u8, ""u8);
                    json.WriteString("at"u8, receipt.Due);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            return buffer.WrittenSpan.ToArray();
        }
    }

    string Take(string reference, long phone, DateTimeOffset now)
    {
        var id = $"{options.Name}-{++_ids}";
        if (!_phones.Add(phone))
        {
            if (options.DropsRepeats)
                return id;
            Repeated++;
        }

        Taken++;
        if (options.BringsReceipts)
            _receipts.Enqueue((now + options.ReceiptDelay, reference, id));
        return id;
    }

    double? ShareAt(DateTimeOffset now)
    {
        foreach (var (when, share) in options.Slow)
        {
            if (when.Holds(now))
                return share;
        }

        return null;
    }

    Stretch? FindOutage(DateTimeOffset now)
    {
        foreach (var outage in options.Outages)
        {
            if (outage.Holds(now))
                return outage;
        }

        return null;
    }

    DateTimeOffset RoundUp(DateTimeOffset moment)
    {
        var step = options.AnswersEvery.Ticks;
        return new DateTimeOffset((moment.UtcTicks + step - 1) / step * step, TimeSpan.Zero);
    }
}

/// <summary>What came of a call.</summary>
/// <param name="Ids">One a message.</param>
/// <param name="At">When the caller has it; where it is lost, when the connection ends.</param>
/// <param name="IsLost">Whether the messages were taken and nothing is said of it.</param>
public sealed record GatewayAnswer(IReadOnlyList<string> Ids, DateTimeOffset At, bool IsLost);

/// <summary>Phones by their numbers: a bit each, in pages, as a province's lie close together.</summary>
sealed class PhoneSet
{
    const int PageBits = 1 << 16;

    readonly Dictionary<long, ulong[]> _pages = [];

    /// <returns>False where it was there.</returns>
    public bool Add(long phone)
    {
        var (page, at) = Math.DivRem(phone, PageBits);
        if (!_pages.TryGetValue(page, out var bits))
            _pages[page] = bits = new ulong[PageBits / 64];

        var bit = 1UL << (int)(at % 64);
        var isNew = (bits[at / 64] & bit) == 0;
        bits[at / 64] |= bit;
        return isNew;
    }
}
