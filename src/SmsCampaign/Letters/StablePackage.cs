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
        using (var from = new ZipArchive(new MemoryStream(package.ToArray()), ZipArchiveMode.Read))
        using (var to = new ZipArchive(stable, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in from.Entries.OrderBy(part => part.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(part.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = Epoch;
                using var read = part.Open();
                using var write = copy.Open();
                read.CopyTo(write);
            }
        }

        return stable.ToArray();
    }
}
