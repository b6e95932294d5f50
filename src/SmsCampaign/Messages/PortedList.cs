using SmsCampaign.Messages.Words;

namespace SmsCampaign.Messages;

/// <summary>
/// Numbers whose subscribers took them to another carrier, from CSV files of number and carrier. Eight bytes a number.
/// </summary>
public sealed class PortedList
{
    const int CarrierBits = 8;

    // The number in the upper bits and its carrier's index in the lower eight, in ascending order.
    readonly long[] _entries;

    PortedList(long[] entries) => _entries = entries;

    public static PortedList Empty { get; } = new([]);

    public int Count => _entries.Length;

    /// <summary>SHA-256 of each file as it was read.</summary>
    internal IReadOnlyList<string> Hashes { get; private init; } = [];

    /// <param name="paths">Files with the columns number and carrier.</param>
    /// <param name="problems">Gets every row that cannot be read, and numbers given to two carriers.</param>
    /// <returns>A list of what could be read. Not to be used where <paramref name="problems"/> got an error.</returns>
    public static PortedList Load(
        IEnumerable<string> paths, NumberReader reader, CarrierNames names, ICollection<Problem> problems)
    {
        var entries = new List<long>();
        var hashes = new List<string>();

        foreach (var row in paths.SelectMany(path => DataFile.Read(path, ["number", "carrier"], problems, hashes.Add)))
        {
            if (TryRead(row, reader, names, problems) is { } entry)
                entries.Add(entry);
        }

        entries.Sort();
        var distinct = Distinct(entries);
        var contradicting = Contradicting(distinct);
        if (contradicting.Count > 0)
            ListContradictions(paths, reader, contradicting, problems);

        return new PortedList(distinct) { Hashes = hashes };
    }

    /// <summary>This list and what gateways have told of: of a number in both, this list's word counts, as a person
    /// wrote it. Carriers that have no such name any more are left out.</summary>
    public PortedList With(IEnumerable<(long Msisdn, string Carrier)> learned, CarrierNames names)
    {
        var entries = _entries.ToList();
        foreach (var (msisdn, carrier) in learned)
        {
            if (names.IndexOf(carrier) is >= 0 and var index && IndexOf(new PhoneNumber(msisdn)) < 0)
                entries.Add((msisdn << CarrierBits) | (long)index);
        }

        entries.Sort();
        return new PortedList([.. entries]) { Hashes = Hashes };
    }

    /// <returns>The index of the carrier that has the number now; -1 where the number is not in the list.</returns>
    public int IndexOf(PhoneNumber number)
    {
        var at = Array.BinarySearch(_entries, number.Msisdn << CarrierBits);
        if (at < 0)
            at = ~at;

        return at < _entries.Length && _entries[at] >> CarrierBits == number.Msisdn
            ? (int)(_entries[at] & 0xFF)
            : -1;
    }

    static long? TryRead(DataRow row, NumberReader reader, CarrierNames names, ICollection<Problem> problems)
    {
        var reading = reader.Read(row["number"]);
        var carrier = names.IndexOf(row["carrier"]);

        if (reading.Reason is { } reason)
        {
            var why = ExclusionReasonWords.Of(reason);
            problems.Add(row.Problem("number", new Wording(
                $"“{PhoneNumber.Mask(row["number"])}” không phải số di động: {why}.",
                $"'{PhoneNumber.Mask(row["number"])}' is no mobile number: {why}.")));
        }

        if (carrier < 0)
        {
            problems.Add(row.Problem("carrier", new Wording(
                $"không có nhà mạng tên “{row["carrier"]}”. Đang có: {string.Join(", ", names.Carriers)}.",
                $"no carrier is called '{row["carrier"]}'. There are: {string.Join(", ", names.Carriers)}.")));
        }

        return reading.IsMobile && carrier >= 0 ? (reading.Number.Msisdn << CarrierBits) | (long)carrier : null;
    }

    static long[] Distinct(List<long> sorted)
    {
        var kept = 0;
        for (var at = 0; at < sorted.Count; at++)
        {
            if (at == 0 || sorted[at] != sorted[at - 1])
                sorted[kept++] = sorted[at];
        }

        return [.. sorted[..kept]];
    }

    static HashSet<long> Contradicting(long[] entries)
    {
        var numbers = new HashSet<long>();
        for (var at = 1; at < entries.Length; at++)
        {
            if (entries[at] >> CarrierBits == entries[at - 1] >> CarrierBits)
                numbers.Add(entries[at] >> CarrierBits);
        }

        return numbers;
    }

    // Lines are not kept for a list that is right, so the files are read once more for those of one that is not.
    static void ListContradictions(
        IEnumerable<string> paths, NumberReader reader, HashSet<long> numbers, ICollection<Problem> problems)
    {
        foreach (var row in paths.SelectMany(path => DataFile.Read(path, ["number", "carrier"], problems)))
        {
            if (reader.Read(row["number"]) is { IsMobile: true } reading && numbers.Contains(reading.Number.Msisdn))
            {
                problems.Add(row.Problem("number", new Wording(
                    $"số {reading.Number} được ghi cho hai nhà mạng, ở đây là {row["carrier"]}. "
                        + $"Hãy giữ lại một dòng đúng.",
                    $"number {reading.Number} is given to two carriers, here to {row["carrier"]}. "
                        + $"Keep the one right line.")));
            }
        }
    }
}
