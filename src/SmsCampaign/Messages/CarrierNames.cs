namespace SmsCampaign.Messages;

/// <summary>
/// The carriers and how people write their names: <c>config/carriers.csv</c>.
/// </summary>
public sealed class CarrierNames
{
    // An index must fit a signed byte; Vietnam has fewer than ten carriers.
    const int MostCarriers = 127;

    // Longer cells are no carrier's name.
    const int LongestName = 40;

    readonly List<string> _carriers = [];
    readonly List<string> _displayNames = [];
    readonly Dictionary<string, int> _indexByKey = [];
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _indexBySpan;

    CarrierNames() => _indexBySpan = _indexByKey.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names as lanes and prefixes use them, such as viettel.</summary>
    public IReadOnlyList<string> Carriers => _carriers;

    /// <summary>SHA-256 of the file as it was read.</summary>
    internal string Sha256 { get; private set; } = "";

    /// <summary>Name for a person, such as MobiFone.</summary>
    public string DisplayNameOf(int carrier) => _displayNames[carrier];

    /// <summary>
    /// Finds a carrier by any of its names, without regard to case, spaces, punctuation and diacritics.
    /// </summary>
    /// <returns>Its index, -1 where no carrier is called so.</returns>
    public int IndexOf(ReadOnlySpan<char> written)
    {
        Span<char> key = stackalloc char[LongestName];
        var length = 0;

        foreach (var sign in written)
        {
            if (!char.IsLetterOrDigit(sign))
                continue;

            if (!char.IsAscii(sign))
                return IndexOfAccented(written);

            if (length == LongestName)
                return -1;

            key[length++] = char.ToLowerInvariant(sign);
        }

        return _indexBySpan.TryGetValue(key[..length], out var carrier) ? carrier : -1;
    }

    internal static CarrierNames Load(string path, ICollection<Problem> problems)
    {
        var names = new CarrierNames();

        foreach (var row in DataFile.Read(path, ["name", "display", "aliases"], problems, hash => names.Sha256 = hash))
        {
            if (names._carriers.Count == MostCarriers)
            {
                problems.Add(row.Problem(null, new Wording(
                    $"quá {MostCarriers} nhà mạng.", $"more than {MostCarriers} carriers.")));
                break;
            }

            names.Add(row, problems);
        }

        return names;
    }

    void Add(DataRow row, ICollection<Problem> problems)
    {
        var name = row["name"];
        if (name.Length is 0 or > LongestName
            || !name.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign)))
        {
            problems.Add(row.Problem("name", new Wording(
                $"tên nhà mạng “{name}” không đúng: chỉ dùng chữ thường không dấu và chữ số, ví dụ viettel.",
                $"'{name}' is no carrier name: lower-case letters and digits only, such as viettel.")));
            return;
        }

        var index = _carriers.Count;
        _carriers.Add(name);
        _displayNames.Add(row["display"].Length > 0 ? row["display"] : name);

        foreach (var alias in row["aliases"].Split(';').Prepend(row["display"]).Prepend(name))
        {
            var key = KeyOf(alias);
            if (key.Length > 0 && !_indexByKey.TryAdd(key, index) && _indexByKey[key] != index)
            {
                problems.Add(row.Problem("aliases", new Wording(
                    $"tên “{alias.Trim()}” đã dùng cho {_carriers[_indexByKey[key]]}. Một tên chỉ chỉ một nhà mạng.",
                    $"'{alias.Trim()}' already means {_carriers[_indexByKey[key]]}. "
                        + $"A name stands for one carrier only.")));
            }
        }
    }

    int IndexOfAccented(ReadOnlySpan<char> written) =>
        written.Length <= LongestName && _indexByKey.TryGetValue(KeyOf(written.ToString()), out var carrier)
            ? carrier
            : -1;

    static string KeyOf(string written) => string.Concat(SmsText.Compose(written).Unaccented().Value
        .Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
