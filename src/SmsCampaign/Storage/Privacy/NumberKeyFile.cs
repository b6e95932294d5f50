using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Privacy;

/// <summary>
/// The key by which numbers become hashes, in a file of its own that only the account of the service can read
/// (<see cref="DataFolder.NumberKey"/>). Which key it is stands in ledger.db and among the marks: another, or none,
/// is told, and never made up, as then nobody could tell any more who has got a message.
/// </summary>
public sealed class NumberKeyFile(DataFolder data, IRegistry registry)
{
    /// <summary>Characters: what is shorter could be guessed.</summary>
    const int Shortest = 32;

    /// <param name="used">As of <see cref="FindOrMake"/>.</param>
    /// <returns>Null where no number was ever erased by this installation.</returns>
    /// <exception cref="LedgerException">It is lost, another, or cannot be read.</exception>
    public NumberKey? Find(IEnumerable<string>? used = null)
    {
        var known = ReadKnown();
        known.UnionWith(used ?? []);
        return known.Count == 0 ? null : Read(known);
    }

    /// <summary>As <see cref="Find"/>; at the first use of all it is made.</summary>
    /// <param name="used">Keys that something else that is kept was hashed with; null: nothing was.</param>
    public NumberKey FindOrMake(DateTimeOffset now, IReadOnlyCollection<string>? used = null)
    {
        var known = ReadKnown();
        known.UnionWith(used ?? []);
        if (known.Count > 0)
            return Read(known);

        // Killed after it was made and before it was known, this one is taken.
        Make(data.NumberKey);
        var made = Read([]);
        registry.Purges.KeepKey(made.Id, now);
        return made;
    }

    /// <summary>Why numbers that were erased cannot be told by it; null where they can, or none were.</summary>
    public Wording? FindTrouble()
    {
        try
        {
            _ = Find();
            return null;
        }
        catch (LedgerException lost)
        {
            return lost.Words;
        }
    }

    /// <summary>Which key is missing of those by which numbers were hashed, of who never wants a message or of runs;
    /// null where none is.</summary>
    /// <param name="campaign">Of whose runs; null: of all.</param>
    /// <exception cref="LedgerException">What was erased cannot be read.</exception>
    public Wording? FindNeeded(string? campaign = null)
    {
        var runs = registry.ReadRuns()
            .Where(run => campaign is null || run.Campaign == campaign)
            .Select(run => run.Code)
            .ToHashSet();
        return FindLacking(registry.Purges.ReadErased().Select(subject => subject.KeyId).Concat(
            registry.Purges.Read().Where(step => runs.Contains(step.Code)).Select(step => step.KeyId)));
    }

    /// <summary>Which is not at hand of the keys that something was hashed by; null where none was, or all
    /// are.</summary>
    public Wording? FindLacking(IEnumerable<string> used)
    {
        HashSet<string> needed = [.. used.Where(id => id.Length > 0)];
        if (needed.Count == 0)
            return null;

        try
        {
            needed.Remove(Read(needed).Id);
            return needed.Count == 0 ? null : Lost(
                new Wording("có số được băm bằng khóa khác", "some numbers were hashed by another"), needed).Words;
        }
        catch (LedgerException lost)
        {
            return lost.Words;
        }
    }

    /// <summary>A folder that an older copy of ledger.db was put into knows it by the marks.</summary>
    HashSet<string> ReadKnown() =>
        [.. registry.Purges.ReadKeys().Concat(new PurgeMarks(data).Read().Select(mark => mark.KeyId).OfType<string>())];

    /// <param name="known">One of these; empty: whichever is there. There are several where a backup came of another
    /// installation: which of them hashed what is compared where it is used.</param>
    NumberKey Read(HashSet<string> known)
    {
        string text;
        try
        {
            text = OrdinaryFile.ReadAllText(data.NumberKey).Trim();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Lost(new Wording("không có tệp đó", "it is not there"), known);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or NotOrdinaryFileException)
        {
            throw Lost(new Wording("không đọc được", "it cannot be read"), known);
        }

        if (text.Length < Shortest)
        {
            throw Lost(
                new Wording($"ngắn hơn {Shortest} ký tự", $"it is shorter than {Shortest} characters"), known);
        }

        if (NumberKey.IdOf(text) is var id && known.Count > 0 && !known.Contains(id))
            throw Lost(new Wording($"là khóa khác ({id})", $"it is another ({id})"), known);

        return new NumberKey(Encoding.UTF8.GetBytes(text), id);
    }

    /// <summary>That a run's hashes were made by a key that is not at hand.</summary>
    public static Wording OfOtherKey(DataFolder data, RunKey run, string id) => new(
        $"Số điện thoại của lượt gửi {run} đã được băm bằng khóa {id}, không phải khóa đang có ở {data.NumberKey}, nên "
            + $"không biết ai đã được gửi. Hãy đặt lại đúng tệp khóa (xem config/PRIVACY.md).",
        $"The numbers of the run {run} were hashed by the key {id}, which is not the one at {data.NumberKey}, so that "
            + $"who has got the message is not known. Put that key's file back (see config/PRIVACY.md).");

    /// <param name="needed">Ids of the keys that would do; empty: any.</param>
    LedgerException Lost(Wording why, IReadOnlyCollection<string> needed) => new(new Wording(
        $"Khóa băm số điện thoại {data.NumberKey}: {why}{Needed(needed, " (cần khóa ", " hoặc ")}. Không tạo khóa mới "
            + $"thay cho khóa cũ, vì khi đó không còn biết ai đã nhận tin. Hãy đặt lại đúng tệp khóa từ bản cất giữ "
            + $"(xem config/PRIVACY.md), rồi chạy lại.",
        $"The key of the numbers' hashes {data.NumberKey}: {why}{Needed(needed, " (needed: ", " or ")}. No new one is "
            + $"made in its place, as then nobody could tell who has got a message. Put the file back from where it is "
            + $"kept (see config/PRIVACY.md), then run this again."))
    {
        File = data.NumberKey,
        Fault = StorageFault.Closed,
    };

    static string Needed(IReadOnlyCollection<string> ids, string before, string between) =>
        ids.Count == 0 ? "" : before + string.Join(between, ids.Order(StringComparer.Ordinal)) + ")";

    /// <summary>On disk whole, or not there. One that is there is left.</summary>
    static void Make(string file)
    {
        if (File.Exists(file))
            return; // it is read, and told where it cannot be used

        var beside = $"{file}.{Guid.NewGuid():n}.new";
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

            using (var made = new FileStream(beside, how))
            {
                made.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));
                made.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(beside, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(beside); // another process was first: its key is read
            }

            Disk.FlushFolder(Path.GetDirectoryName(file)!);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(beside))
                File.Delete(beside);
            var why = FaultWords.Of(closed);
            throw new LedgerException(new Wording(
                $"Không tạo được khóa băm số điện thoại {file}: {why}",
                $"The key of the numbers' hashes cannot be made: {file}: {why}"))
            {
                File = file,
                Fault = StorageFault.ReadOnly,
            };
        }
    }
}
