using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Files;

namespace SmsCampaign.Reports;

/// <summary>Compares office files by what is in them: packed again, by another version of the packer, the bytes are
/// others and nothing is changed.</summary>
static partial class PackageCheck
{
    static readonly HashSet<string> Packages = [".xlsx", ".docx"];

    /// <summary>Characters of a part that are looked at together.</summary>
    const int Block = 64 * 1024;

    /// <summary>What of a part is shown from a little before the difference.</summary>
    const int MostShown = 300;

    const int MostBefore = 60;

    public static bool IsPackage(string path) => Packages.Contains(Path.GetExtension(path));

    /// <returns>Null where they hold the same; of a file that is no package, a difference that says no more.</returns>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static FirstDifference? Compare(string path, string now)
    {
        try
        {
            using var stands = Open(path);
            using var gives = Open(now);
            var (there, given) = (PartsOf(stands), PartsOf(gives));
            foreach (var name in there.Keys.Concat(given.Keys).Distinct().Order(StringComparer.Ordinal))
            {
                if (!there.TryGetValue(name, out var one) || !given.TryGetValue(name, out var other))
                    return new FirstDifference(null, null, null) { Part = name };
                if (Compare(name, one, other) is { } difference)
                    return difference;
            }

            return null;
        }
        catch (InvalidDataException)
        {
            return new FirstDifference(null, null, null);
        }
    }

    /// <summary>Whether they differ in nothing but masked numbers where the ledger has hashes.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static bool AreSameButErased(string path, string now)
    {
        try
        {
            using var stands = Open(path);
            using var gives = Open(now);
            var (there, given) = (PartsOf(stands), PartsOf(gives));
            return there.Count == given.Count && there.All(
                part => given.TryGetValue(part.Key, out var other) && AreSameButErased(part.Value, other));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    static bool AreSameButErased(ZipArchiveEntry one, ZipArchiveEntry other)
    {
        using var stands = new StreamReader(one.Open(), new UTF8Encoding(false));
        using var gives = new StreamReader(other.Open(), new UTF8Encoding(false));
        return ErasedText.IsSameBut(stands, gives, '<');
    }

    static ZipArchive Open(string path) => new(OrdinaryFile.OpenRead(path), ZipArchiveMode.Read);

    /// <exception cref="InvalidDataException">Two parts are called the same: which one counts is the reader's
    /// choice.</exception>
    static Dictionary<string, ZipArchiveEntry> PartsOf(ZipArchive package)
    {
        var parts = new Dictionary<string, ZipArchiveEntry>();
        foreach (var part in package.Entries)
        {
            if (!parts.TryAdd(part.FullName, part))
                throw new InvalidDataException($"two parts are called {part.FullName}");
        }

        return parts;
    }

    static FirstDifference? Compare(string name, ZipArchiveEntry one, ZipArchiveEntry other)
    {
        using var stands = new StreamReader(one.Open(), new UTF8Encoding(false));
        using var gives = new StreamReader(other.Open(), new UTF8Encoding(false));
        var (left, right) = (new char[Block], new char[Block]);
        while (true)
        {
            var (had, has) = (stands.ReadBlock(left), gives.ReadBlock(right));
            var same = left.AsSpan(0, had).CommonPrefixLength(right.AsSpan(0, has));
            if (same < had || same < has)
            {
                return new FirstDifference(null, Show(left.AsSpan(0, had), same), Show(right.AsSpan(0, has), same))
                {
                    Part = name,
                };
            }

            if (had == 0)
                return null;
        }
    }

    /// <summary>What is read there, without the marks.</summary>
    static string Show(ReadOnlySpan<char> block, int at)
    {
        var from = Math.Max(0, at - MostBefore);
        var piece = block[from..Math.Min(block.Length, at + MostShown)].ToString();

        // A piece that begins within a mark or a character's half is cut to what is whole.
        var open = piece.IndexOf('<', StringComparison.Ordinal);
        var close = piece.IndexOf('>', StringComparison.Ordinal);
        if (close >= 0 && (open < 0 || close < open))
            piece = piece[(close + 1)..];
        return Marks().Replace(piece, " ").Trim();
    }

    [GeneratedRegex("(<[^>]*(>|\\z))+")]
    private static partial Regex Marks();
}
