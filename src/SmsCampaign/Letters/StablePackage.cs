using System.IO.Compression;

namespace SmsCampaign.Letters;

/// <summary>Office files of which the same content gives the same bytes, whenever they are written: what is given out
/// can be held to its hash.</summary>
static class StablePackage
{
    /// <summary>The first moment that a zip can say.</summary>
    static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Packs it again, its parts in order of their names and without the time.</summary>
    public static byte[] Of(MemoryStream package)
    {
        var stable = new MemoryStream();
        using (var to = new ZipArchive(stable, ZipArchiveMode.Create, leaveOpen: true))
            Copy(package, to, without: []);
        return stable.ToArray();
    }

    /// <summary>Adds its parts to another, in order of their names and without the time.</summary>
    /// <param name="without">Names of parts that are left out.</param>
    public static void Copy(MemoryStream package, ZipArchive to, IReadOnlyCollection<string> without)
    {
        using var from = new ZipArchive(new MemoryStream(package.ToArray()), ZipArchiveMode.Read);
        foreach (var part in from.Entries
            .Where(part => !without.Contains(part.FullName))
            .OrderBy(part => part.FullName, StringComparer.Ordinal))
        {
            using var read = part.Open();
            using var write = NewPart(to, part.FullName, CompressionLevel.Optimal);
            read.CopyTo(write);
        }
    }

    /// <summary>A part without the time. One at a time is written.</summary>
    public static Stream NewPart(ZipArchive package, string name, CompressionLevel compression)
    {
        var part = package.CreateEntry(name, compression);
        part.LastWriteTime = Epoch;
        return part.Open();
    }
}
