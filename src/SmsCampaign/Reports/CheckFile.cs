using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Files;

namespace SmsCampaign.Reports;

/// <summary>
/// kiem-tra.txt: the SHA-256 of every other file of a report, as sha256sum (GNU coreutils) writes it and checks it by
/// <c>sha256sum -c kiem-tra.txt</c>. A report's other files are on disk before it.
/// </summary>
static partial class CheckFile
{
    public const string Name = "kiem-tra.txt";

    /// <summary>No report has more: what is longer was written by somebody else.</summary>
    const int MostBytes = 64 * 1024;

    /// <param name="folder">Where the files lie, and this one will.</param>
    /// <returns>SHA-256 of the file itself: 64 lower-case hexadecimal digits, as all of them.</returns>
    public static string Write(string folder, IEnumerable<string> names)
    {
        var lines = names
            .Order(StringComparer.Ordinal)
            .Select(name => $"{HashOf(Path.Combine(folder, name))}  {name}\n");
        var content = Encoding.UTF8.GetBytes(string.Concat(lines));
        using var file = PrivateFiles.Create(Path.Combine(folder, Name));
        file.Write(content);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    /// <returns>Hashes by file; null where a line is not as <see cref="Write"/> writes it, or names a file
    /// twice.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static IReadOnlyDictionary<string, string>? Read(string folder)
    {
        using var file = OrdinaryFile.OpenRead(Path.Combine(folder, Name));
        if (file.Length > MostBytes)
            return null;

        using var reader = new StreamReader(file, new UTF8Encoding(false));
        var hashes = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            var match = Line().Match(line);
            if (!match.Success || !hashes.TryAdd(match.Groups["name"].Value, match.Groups["hash"].Value))
                return null;
        }

        return hashes;
    }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static string HashOf(string path)
    {
        using var file = OrdinaryFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    [GeneratedRegex(@"^(?<hash>[0-9a-f]{64})  (?<name>[^/\\]+)\z")]
    private static partial Regex Line();
}
