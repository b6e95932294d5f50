using System.Globalization;

namespace SmsCampaign.Messages;

/// <summary>
/// Which carrier a number's prefix was allocated to: <c>config/prefixes.csv</c>, with the carriers' names from
/// <c>carriers.csv</c> beside it. Data, not code, as allocations change.
/// </summary>
public sealed class PrefixTable
{
    // Prefixes have two to five national digits, so the table is an array by the first five of the nine.
    const int MostDigits = 5;
    const long Unit = 10_000;
    const long Lowest = 84_000_000_000;

    readonly sbyte[] _carrierOf = new sbyte[100_000];

    PrefixTable(CarrierNames names)
    {
        Names = names;
        Array.Fill(_carrierOf, (sbyte)-1);
    }

    /// <summary>Names of the carriers, in the order of the file; a carrier's index is its place here.</summary>
    public IReadOnlyList<string> Carriers => Names.Carriers;

    /// <summary>SHA-256 of the prefix file as it was read.</summary>
    internal string Sha256 { get; private set; } = "";

    /// <summary>How carriers are shown to a person and written in files.</summary>
    public CarrierNames Names { get; }

    /// <summary>
    /// Reads the table.
    /// </summary>
    /// <param name="path">The prefix file.</param>
    /// <param name="carriersPath">The file of names.</param>
    /// <param name="problems">Gets everything that is wrong with either file.</param>
    /// <returns>A table of what could be read. Not to be used where <paramref name="problems"/> got an error.</returns>
    public static PrefixTable Load(string path, string carriersPath, ICollection<Problem> problems)
    {
        var before = problems.Count;
        var names = CarrierNames.Load(carriersPath, problems);
        var table = new PrefixTable(names);
        var lineOf = new Dictionary<string, int>();
        var read = new List<(string Prefix, sbyte Carrier)>();

        foreach (var row in DataFile.Read(path, ["prefix", "carrier"], problems, hash => table.Sha256 = hash))
        {
            // A spreadsheet that saved the file has taken the zero off.
            var prefix = row["prefix"].TrimStart('0');
            var carrier = names.IndexOf(row["carrier"]);

            if (prefix.Length is < 2 or > MostDigits || !prefix.All(char.IsAsciiDigit) || prefix[0] < '3')
            {
                problems.Add(row.Problem("prefix", new Wording(
                    $"đầu số “{row["prefix"]}” không đúng: cần số 0 rồi 2 đến {MostDigits} chữ số, chữ số đầu từ "
                        + $"3 đến 9, ví dụ 091 hoặc 0998.",
                    $"'{row["prefix"]}' is no prefix: expected 0 and 2 to {MostDigits} digits, the first from 3 "
                        + $"to 9, such as 091 or 0998.")));
            }
            else if (!lineOf.TryAdd(prefix, row.Line))
            {
                problems.Add(row.Problem("prefix", new Wording(
                    $"đầu số 0{prefix} đã có ở dòng {lineOf[prefix]}. Hãy bỏ một trong hai dòng.",
                    $"prefix 0{prefix} is already on line {lineOf[prefix]}. Remove one of the two.")));
            }

            if (carrier < 0)
            {
                problems.Add(row.Problem("carrier", new Wording(
                    $"nhà mạng “{row["carrier"]}” không có trong carriers.csv. Đang có: "
                        + $"{string.Join(", ", names.Carriers)}.",
                    $"carrier '{row["carrier"]}' is not in carriers.csv. It has: "
                        + $"{string.Join(", ", names.Carriers)}.")));
            }

            read.Add((prefix, (sbyte)carrier));
        }

        if (problems.Count == before)
        {
            // Shorter ones first, so that a longer prefix has the last word.
            foreach (var (prefix, carrier) in read.OrderBy(entry => entry.Prefix.Length))
                table.Add(prefix, carrier);
        }

        return table;
    }

    /// <summary>Reads the table with <c>carriers.csv</c> from the same folder.</summary>
    public static PrefixTable Load(string path, ICollection<Problem> problems) =>
        Load(path, Path.Combine(Path.GetDirectoryName(path) ?? "", "carriers.csv"), problems);

    /// <returns>The carrier's index in <see cref="Carriers"/>, by the longest prefix that fits; -1
    /// where none does.</returns>
    public int IndexOf(PhoneNumber number) => _carrierOf[(number.Msisdn - Lowest) / Unit];

    void Add(string prefix, sbyte carrier)
    {
        var first = int.Parse(prefix.PadRight(MostDigits, '0'), CultureInfo.InvariantCulture);
        var last = int.Parse(prefix.PadRight(MostDigits, '9'), CultureInfo.InvariantCulture);
        _carrierOf.AsSpan(first, last - first + 1).Fill(carrier);
    }
}
