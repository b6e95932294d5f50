using System.Globalization;
using System.Text;

namespace SmsCampaign.Tests.Support;

/// <summary>How badly a generated list is kept.</summary>
public enum ListUpkeep
{
    /// <summary>Every number is readable and stands once: what a benchmark can load into any database.</summary>
    Clean,

    /// <summary>As lists come in: about 92 % can be texted, the rest is wrong in all the known ways.</summary>
    RealWorld,
}

/// <summary>
/// Makes subscriber lists of any length: the sample's and the million-row ones of the benchmarks. The same seed gives
/// the same bytes on every machine.
/// </summary>
/// <remarks>
/// Every person is invented. The numbers are made by counting through each prefix with a fixed stride, so none stands
/// twice by accident.
/// </remarks>
/// <param name="region">Whose people they are; null: Đắk Lắk's.</param>
public sealed class SubscriberGenerator(ulong seed, ListUpkeep upkeep, SampleRegion? region = null)
{
    public const string Heading = "STT,Họ tên,Số điện thoại,Nhà mạng,Xã/Phường";

    /// <summary>The seed of samples/dak-lak-2025: the day of the campaign.</summary>
    public const ulong SampleSeed = 20250730;
    public const int SampleRows = 5000;

    /// <summary>How many numbers of a prefix are passed over to the next one made; shares no
    /// factor with 10^7.</summary>
    const int Stride = 7_368_787;

    /// <summary>How far back a number is remembered to be repeated in another spelling.</summary>
    const int Remembered = 500;

    readonly SplitMix _random = new(seed);
    readonly SampleRegion _region = region ?? SampleRegion.DakLak;
    readonly int[] _made = new int[SampleData.Prefixes.Length];
    readonly List<Subscriber> _recent = [];
    readonly List<Subscriber> _suppressed = [];
    readonly List<Subscriber> _ported = [];

    /// <summary>Some of those written, for a suppression list.</summary>
    public IReadOnlyList<Subscriber> Suppressed => _suppressed;

    /// <summary>Some of those written, each with the carrier it is with now.</summary>
    public IReadOnlyList<Subscriber> Ported => _ported;

    /// <summary>The files of samples/dak-lak-2025 by name. The list is UTF-8 with byte-order mark,
    /// as Excel saves it.</summary>
    public static IReadOnlyDictionary<string, byte[]> MakeSample()
    {
        var generator = new SubscriberGenerator(SampleSeed, ListUpkeep.RealWorld);
        return new Dictionary<string, byte[]>
        {
            ["subscribers.csv"] = Encode(output => generator.Write(output, SampleRows)),
            ["tu-choi.csv"] = Encode(generator.WriteSuppressed),
            ["chuyen-mang.csv"] = Encode(generator.WritePorted),
        };
    }

    /// <summary>The list of subscribers and the suppression list of another sample.</summary>
    public static IReadOnlyDictionary<string, byte[]> MakeSample(SampleRegion region)
    {
        var generator = new SubscriberGenerator(region.Seed, ListUpkeep.RealWorld, region);
        return new Dictionary<string, byte[]>
        {
            ["subscribers.csv"] = Encode(output => generator.Write(output, region.Rows)),
            ["tu-choi.csv"] = Encode(generator.WriteSuppressed),
        };
    }

    public void Write(TextWriter output, int rows)
    {
        output.Write(Heading);
        if (_region.HasDistricts)
            output.Write(",Huyện");
        if (_region.Languages.Length > 0)
            output.Write(",Tiếng");
        output.Write("\r\n");

        for (var row = 1; row <= rows; row++)
        {
            var (number, carrier) = upkeep == ListUpkeep.Clean ? WriteClean() : WriteRealWorld(row);
            output.Write(row);
            output.Write(',');
            output.Write(Name());
            output.Write(',');
            output.Write(Quote(number));
            output.Write(',');
            output.Write(carrier);
            output.Write(',');
            var (commune, district) = _region.Communes[_random.Below(_region.Communes.Count)];
            output.Write(commune);
            if (_region.HasDistricts)
                output.Write($",{district}");
            if (_region.Languages.Length > 0)
                output.Write($",{Pick(_region.Languages)}");
            output.Write("\r\n");
        }
    }

    /// <summary>The sample's suppression list: numbers as people ask for them by phone.</summary>
    public void WriteSuppressed(TextWriter output)
    {
        output.Write("Số điện thoại,Lý do\r\n");
        foreach (var subscriber in _suppressed)
            output.Write($"{Spell(subscriber, _random.Below(4))},Đề nghị không nhận tin\r\n");
    }

    public void WritePorted(TextWriter output)
    {
        output.Write("number,carrier\r\n");
        foreach (var subscriber in _ported)
            output.Write($"84{subscriber.National:D9},{subscriber.Carrier}\r\n");
    }

    (string Number, string Carrier) WriteClean()
    {
        var subscriber = NewSubscriber();
        return (SpellAsUsual(subscriber), CarrierCell(subscriber));
    }

    (string Number, string Carrier) WriteRealWorld(int row)
    {
        // In a thousand rows: 25 of a number that stands above, 45 that are no mobile number, 10 that no lane serves.
        var lot = _random.Below(1000);
        if (lot < 25 && _recent.Count > 0)
        {
            var again = _recent[_random.Below(_recent.Count)];
            return (SpellAsUsual(again), CarrierCell(again));
        }

        if (lot is >= 25 and < 70)
            return (Unreadable(lot), "");

        var subscriber = lot is >= 70 and < 80 ? Unserved() : NewSubscriber();
        Remember(subscriber);

        // One in 250, unless the region says otherwise, is on the suppression list and one in 80 has changed its
        // carrier, to the list's end.
        if (row >= _suppressed.Count * _region.RowsARefusal + 7)
            _suppressed.Add(subscriber);
        else if (row >= _ported.Count * 80 + 11 && subscriber.Carrier.Length > 0)
            _ported.Add(subscriber with { Carrier = OtherCarrier(subscriber.Carrier) });

        return (SpellAsUsual(subscriber), CarrierCell(subscriber));
    }

    Subscriber NewSubscriber()
    {
        var at = 0;
        for (var lot = _random.Below(SampleData.Prefixes.Sum(WeightOf));
             lot >= WeightOf(SampleData.Prefixes[at]);
             at++)
            lot -= WeightOf(SampleData.Prefixes[at]);

        var (prefix, carrier, _) = SampleData.Prefixes[at];
        return new Subscriber(prefix * 10_000_000L + NextOf(at), carrier);
    }

    int WeightOf((int Prefix, string Carrier, int Weight) prefix) =>
        _region.Carriers.Count == 0 || _region.Carriers.Contains(prefix.Carrier) ? prefix.Weight : 0;

    int NextOf(int prefix)
    {
        long nth = ++_made[prefix] + _region.FirstNumber;
        return (int)((prefix * 3_141_593L + nth * Stride) % 10_000_000);
    }

    /// <summary>0998 and 0999 were given to a carrier that no lane serves.</summary>
    Subscriber Unserved() => new(998_000_000 + _random.Below(2_000_000), "");

    void Remember(Subscriber subscriber)
    {
        if (_recent.Count < Remembered)
            _recent.Add(subscriber);
        else
            _recent[_random.Below(Remembered)] = subscriber;
    }

    string Name()
    {
        var name = $"{Pick(_region.FamilyNames)} {Pick(SampleData.MiddleNames)} {Pick(_region.GivenNames)}";

        // What a spreadsheet would take for a formula, as it comes of marks people put before a name.
        return _random.Below(200) == 0 ? $"{Pick(SampleData.FormulaMarks)}{name}" : name;
    }

    string CarrierCell(Subscriber subscriber)
    {
        var lot = _random.Below(100);
        return lot < 15 || subscriber.Carrier.Length == 0 ? ""
            : lot < 18 ? Pick(SampleData.Spellings[OtherCarrier(subscriber.Carrier)])
            : lot == 18 && upkeep == ListUpkeep.RealWorld ? "không rõ"
            : Pick(SampleData.Spellings[subscriber.Carrier]);
    }

    string OtherCarrier(string carrier)
    {
        var others = SampleData.Spellings.Keys
            .Where(other => other != carrier && (_region.Carriers.Count == 0 || _region.Carriers.Contains(other)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return Pick(others);
    }

    string SpellAsUsual(Subscriber subscriber)
    {
        var lot = _random.Below(100);
        return lot < 60 ? Spell(subscriber, 0)
            : lot < 75 ? Spell(subscriber, 1)
            : Spell(subscriber, 2 + _random.Below(11));
    }

    static string Spell(Subscriber subscriber, int spelling)
    {
        var digits = subscriber.National.ToString("D9", CultureInfo.InvariantCulture);
        var (a, b, c) = (digits[..3], digits[3..6], digits[6..]);

        return spelling switch
        {
            0 => $"0{digits}",
            1 => digits, // a spreadsheet ate the zero
            2 => $"84{digits}",
            3 => $"+84{digits}",
            4 => $"0{a} {b} {c}",
            5 => $"0{a}.{b}.{c}",
            6 => $"0{a}-{b}-{c}",
            7 => $"+84 {a} {b} {c}",
            8 => $"+84 {a}.{b}.{c}",
            9 => $"(+84) {a} {b} {c}",
            10 => $" 0{digits} ",
            11 => $"0{a}\u00A0{b}\u00A0{c}", // no-break space, from a web page
            _ => SampleData.OldFormOf(digits) ?? $"0{digits}",
        };
    }

    string Unreadable(int lot) => (lot % 9) switch
    {
        0 => "",
        1 => $"{_region.AreaCode} 3{_random.Below(1_000_000):D6}",
        2 => $"{_region.AreaCode}.3{_random.Below(1_000_000):D6}",
        3 => Pick(SampleData.ForeignNumbers),
        4 => Pick(SampleData.ScientificNumbers),
        5 => Pick(SampleData.NoNumbers),
        6 => $"09{_random.Below(1_000_000):D6}", // two digits short
        7 => $"0912{_random.Below(100_000_000):D8}", // two too many
        _ => Pick(SampleData.ServiceNumbers),
    };

    string Pick(string[] choices) => choices[_random.Below(choices.Length)];

    static byte[] Encode(Action<TextWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var output =
            new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }

    static string Quote(string cell) => cell.Contains(',', StringComparison.Ordinal) ? $"\"{cell}\"" : cell;
}

/// <param name="National">Nine digits without the zero in front.</param>
/// <param name="Carrier">By its name in the prefix table; empty where no lane serves it.</param>
public readonly record struct Subscriber(long National, string Carrier);

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): unlike System.Random, the same on every version of .NET.</summary>
sealed class SplitMix(ulong seed)
{
    ulong _state = seed;

    public int Below(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return (int)Math.BigMul(mixed, (ulong)bound, out _);
    }
}
