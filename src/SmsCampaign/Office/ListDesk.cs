using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Files.Yaml;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>
/// The lists of a campaign that is written on the pages: what is understood of them, whom they reach, and new ones,
/// which lie in the campaign's folder by the name of their content.
/// </summary>
public sealed partial class ListDesk(
    CampaignFolders folders, string installationFile, DataFolder data, TimeProvider time)
{
    /// <summary>Bytes of a list that is brought: some ten million numbers.</summary>
    public const long Most = 500_000_000;

    /// <summary>By which a form names a suppression list that is to be added.</summary>
    public const string NewSuppression = "tu-choi-moi";

    /// <summary>Of the excluded rows, within the folder of a reading.</summary>
    public const string ExcludedName = "loai-tru.csv";

    /// <summary>Bytes that a reading writes between two looks at the room there is.</summary>
    const long BetweenLooks = 16_000_000;

    /// <summary>Letters of the hash that a list is called by; all of it where another is called so.</summary>
    const int NameLength = 16;

    /// <summary>Stands for the place of a list that is being put there.</summary>
    const string PlaceName = "danh-sach";

    const UnixFileMode NoLists = UnixFileMode.UserExecute | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    static readonly Lock Taking = new();

    readonly EditDesk _edits = new(folders, installationFile, data, time);

    /// <summary>Bytes free where a folder lies; null where it cannot be told.</summary>
    internal Func<string, long?> FreeAt { get; init; } = DiskFloor.FreeAt;

    /// <returns>Null where there is no such campaign.</returns>
    public CampaignLists? Find(string campaign)
    {
        if (_edits.Find(campaign) is not { } edited)
            return null;

        var installation = Installation.Read(installationFile).Installation;
        var uses = ListUses.Read(
            edited, FileRoots.Of(edited.File, installationFile, installation?.Files.Roots ?? [], folders.Root));
        return new CampaignLists(edited, uses, StampOf(edited, uses, installation?.Numbers));
    }

    /// <summary>Why so many bytes are not taken; null where they are.</summary>
    public Wording? Refuse(long bytes)
    {
        if (bytes > Most)
        {
            return new Wording(
                $"Tệp lớn hơn {Figures.Count(Most / DiskRoom.Unit)} MB. Hãy chia danh sách thành nhiều tệp, mỗi tệp "
                    + $"một nhóm nhận tin.",
                $"The file is larger than {Figures.Count(Most / DiskRoom.Unit)} MB. Divide the list into several "
                    + $"files, a segment each.");
        }

        return RefuseAt([data.Root, folders.Root], bytes);
    }

    Wording? RefuseAt(IReadOnlyList<string> places, long bytes) =>
        DiskFloor.RefuseMore(places, bytes, Installation.ReadDiskFloor(installationFile), FreeAt);

    /// <summary>A list's name as it may be shown: numbers in it masked, but in one that is made of the content, where
    /// there are none.</summary>
    public static string Masked(string file) => Name().IsMatch(file) ? file : NumberMask.In(file);

    /// <summary>What is made of a list by its first rows; null where there is nothing to read.</summary>
    /// <exception cref="IOException">The machine cannot read on.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ListSight? Look(ListUse use, CancellationToken cancellationToken = default) => use switch
    {
        { Path: { } path, Read: { } segment } => ListLook.AtSubscribers(
            path, use.File!, segment, cancellationToken: cancellationToken),
        { Path: { } path, IsSuppression: true } => ListLook.AtSuppression(path, use.File!, cancellationToken),
        _ => null,
    };

    /// <summary>Reads every list to its end, as a plan of the campaign would. Stores nothing in the ledgers.</summary>
    /// <param name="folder">Of this reading alone, made for nobody else: gets <see cref="ExcludedName"/>, numbers
    /// masked, where the audience could be read.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NoRoomException">The disk lacks room for the excluded rows.</exception>
    /// <exception cref="IOException">The machine cannot read or write on.</exception>
    /// <exception cref="LedgerException">A ledger is broken.</exception>
    public ListCount Count(
        CampaignLists lists,
        string folder,
        Language language,
        ListProgress progress,
        CancellationToken cancellationToken)
    {
        PrivateFiles.MakeFolder(folder);
        using var rows = new ListRows(folder, progress, () => RefuseAt([data.Root], BetweenLooks));
        var file = lists.Edited.File;
        var preparation = new CampaignPreparation(time).Check(
            new PreparationRequest(file, installationFile) { Campaigns = folders.Root }, cancellationToken, data, rows);
        var audience = preparation.Planned?.Audience;
        if (audience is not null)
            rows.WriteExcluded(Path.Combine(folder, ExcludedName), audience, language);

        var shown = lists.Uses.Select(use => use.File).OfType<string>().ToHashSet();
        var ofLists = preparation.Problems
            .Where(problem => problem.Where?.File is { } where
                && shown.Any(name => where == name || where.StartsWith(name + " [", StringComparison.Ordinal)))
            .ToList();
        return new ListCount(
            audience,
            audience is null
                ? []
                : [.. rows.Areas
                    .Select((recipients, at) => (Area: audience.Areas[at], Recipients: recipients))
                    .Where(area => area.Recipients > 0)
                    .OrderByDescending(area => area.Recipients)
                    .ThenBy(area => area.Area, StringComparer.Ordinal)],
            ofLists,
            [.. preparation.Problems
                .Where(problem => problem.Severity == Severity.Error)
                .Except(ofLists)
                .Except(preparation.OfEarlierRuns)])
        {
            Untold = [.. preparation.OfEarlierRuns.Where(problem => problem.Severity == Severity.Error)],
        };
    }

    /// <summary>Takes a list that was brought: by its content into the campaign's folder, and into the campaign
    /// file.</summary>
    /// <param name="seen">The campaign file that was looked at.</param>
    /// <param name="use">Id of what it is for, or <see cref="NewSuppression"/>.</param>
    /// <param name="path">Full path of the file, which is gone from there if it is taken.</param>
    /// <param name="name">What the person calls it.</param>
    public ListResult Take(Who who, string campaign, SeenFile seen, string use, string path, string name)
    {
        if (Find(campaign) is not { } lists)
            return new ListResult.Unnamed(new EditResult.Gone());
        if (lists.Edited.Stop is { } stop)
            return new ListResult.Unnamed(new EditResult.Stopped(stop));

        var to = lists.Find(use);
        if (to is null && use != NewSuppression)
            return new ListResult.Unnamed(new EditResult.Stale(lists.Edited));

        try
        {
            if (FindNamed(lists, to, path) is { } named) // as where the answer to it was lost
                return new ListResult.Taken(named, null);
            if (lists.Edited.Hash != seen.Hash)
                return new ListResult.Unnamed(new EditResult.Stale(lists.Edited));

            var sight = to is { IsSuppression: false }
                ? ListLook.AtSubscribers(path, name, to.Read ?? new Segment(name, path, [], "", Priority: 1))
                : ListLook.AtSuppression(path, name);
            if (!sight.IsTable)
                return new ListResult.Refused([.. sight.Problems.Distinct()]);

            if (ChangesFor(lists, to, PlaceName) is null)
                return new ListResult.Unnamed(new EditResult.OutOfPlace(ListUses.Suppression, null));

            // Of two who bring the same list one must not take away what the other's campaign file names.
            using var alone = Taking.EnterScope();
            var (taken, isNew) = Put(lists.Edited.File, path, sight.IsWorkbook ? ".xlsx" : ".csv");
            var own = Path.GetFileName(taken);
            var saved = _edits.SaveChanges(
                who, campaign, seen.Hash, seen.IsApproved, VersionCause.Lists, ChangesFor(lists, to, own)!);
            if (saved is EditResult.Saved or EditResult.Unchanged)
                return new ListResult.Taken(own, saved as EditResult.Saved);

            if (isNew && !IsNamed(campaign, taken))
                File.Delete(taken);
            return new ListResult.Unnamed(saved);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return new ListResult.Unwritable(cannot);
        }
    }

    /// <summary>Says in the campaign file which sheets and columns of a list are read, by their places in it: sheets
    /// for the segments that read it alike, columns for all that read the file.</summary>
    /// <param name="seen">The campaign file that was looked at.</param>
    /// <param name="stamp">Of <see cref="CampaignLists"/>: the lists that were looked at.</param>
    /// <param name="sheets">Positions among <see cref="ListSight.Sheets"/>, from 0; none: the program finds it; null:
    /// nothing is said of sheets.</param>
    /// <param name="columns">By the key of what they hold the position among the first table's columns, from 0; null:
    /// the program finds it by its name.</param>
    /// <returns>Refused with all that cannot be named: nothing is saved then.</returns>
    public EditResult Map(
        Who who,
        string campaign,
        SeenFile seen,
        string stamp,
        string use,
        IReadOnlyList<int>? sheets,
        IReadOnlyDictionary<string, int?> columns)
    {
        if (Find(campaign) is not { } lists)
            return new EditResult.Gone();
        if (lists.Edited.Hash != seen.Hash)
            return new EditResult.Stale(lists.Edited);
        if (lists.Find(use) is not { Path: { } path, Read: { } segment } of)
            return new EditResult.Gone();
        if (lists.Stamp != stamp) // a position would be one of another table
            return new EditResult.Refused([ListNaming.Changed(of)]);

        try
        {
            var naming = new ListNaming(of, path, segment);
            var everywhere = lists.Uses
                .Where(other => !other.IsSuppression && other.Path == path)
                .SelectMany(other => other.Places)
                .ToList();
            List<YamlChange> changes =
            [
                .. columns
                    .Select(column => (column.Key, Name: column.Value is { } at ? naming.ColumnAt(at) : null))
                    .SelectMany(column => everywhere.Select(
                        place => new YamlChange($"{place}.columns.{column.Key}", column.Name))),
            ];
            if (sheets is not null && naming.Choose(sheets) is { } read)
            {
                changes.AddRange(of.Places.Select(
                    place => new YamlChange($"{place}.sheet", null, read.Count > 0 ? read : null)));
            }

            return naming.Problems.Count > 0
                ? new EditResult.Refused(naming.Problems)
                : _edits.SaveChanges(
                    who, campaign, seen.Hash, seen.IsApproved, VersionCause.Lists, changes);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return new EditResult.Unwritable(cannot);
        }
    }

    string StampOf(EditedFile edited, IReadOnlyList<ListUse> uses, NumberSettings? numbers)
    {
        var stamp = new StringBuilder(edited.Hash);
        stamp.Append(CultureInfo.InvariantCulture, $"\n{VietnamTime.DateOf(time.GetUtcNow()):yyyy-MM-dd}");
        IEnumerable<string> tables = numbers is null ? [] : [numbers.Prefixes, numbers.Carriers, .. numbers.Ported];
        foreach (var path in uses.Select(use => use.Path).OfType<string>().Append(installationFile).Concat(tables))
        {
            var file = new FileInfo(path);
            stamp.Append(
                CultureInfo.InvariantCulture,
                $"\n{path}\n{(file.Exists ? file.Length : -1)}\n{(file.Exists ? file.LastWriteTimeUtc.Ticks : -1)}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stamp.ToString())));
    }

    /// <summary>Whether the campaign file as it is by now names a list, or may: it is not always known.</summary>
    bool IsNamed(string campaign, string list) =>
        Find(campaign) is not { Edited.Fields.Count: > 0 } now || now.Uses.Any(use => use.Path == list);

    /// <summary>The name by which a file's content lies in the campaign's folder already, if the campaign file names it
    /// for what it is brought for; null where it does not.</summary>
    static string? FindNamed(CampaignLists lists, ListUse? to, string path)
    {
        var named = (to is null ? lists.Uses.Where(use => use.IsSuppression) : [to])
            .Select(use => use.Path)
            .OfType<string>()
            .Where(place => Path.GetDirectoryName(place) == Path.GetDirectoryName(lists.Edited.File)
                && Name().IsMatch(Path.GetFileName(place)))
            .ToList();
        if (named.Count == 0)
            return null;

        var hash = HashOf(path);
        return named
            .Where(place => hash.StartsWith(Path.GetFileNameWithoutExtension(place), StringComparison.Ordinal)
                && HashOf(place) == hash)
            .Select(Path.GetFileName)
            .FirstOrDefault();
    }

    /// <summary>What else is named stays as it is written.</summary>
    /// <returns>Null where something stands there that is no list.</returns>
    static List<YamlChange>? ChangesFor(CampaignLists lists, ListUse? to, string name)
    {
        if (to is { IsSuppression: false })
            return [.. to.Places.Select(place => new YamlChange(place + ".file", name))];

        var items = YamlEditor.Read(lists.Edited.Text!)?.ItemsOf(ListUses.Suppression) ?? [];
        if (items.Any(item => !item.IsScalar))
            return null;

        var all = items
            .Select((item, at) => (Written: ListUses.WordsOf(item), Place: $"{ListUses.Suppression}[{at + 1}]"))
            .Where(each => each.Written is not null)
            .Select(each => to?.Places.Contains(each.Place) == true ? name : each.Written!)
            .ToList();
        return [new YamlChange(ListUses.Suppression, null, [.. (to is null ? all.Append(name) : all).Distinct()])];
    }

    /// <summary>Whole or not at all, and beside whatever is there.</summary>
    /// <returns>Full path in the campaign's folder, and whether it was not there before.</returns>
    static (string Path, bool IsNew) Put(string campaignFile, string path, string ending)
    {
        var hash = HashOf(path);
        var folder = Path.GetDirectoryName(campaignFile)!;
        foreach (var name in new[] { hash[..NameLength] + ending, hash + ending })
        {
            var place = Path.Combine(folder, name);
            if (IsThere(place))
            {
                if (RealPath.ReadLink(place) is null && File.Exists(place) && HashOf(place) == hash)
                    return (place, false);
                continue;
            }

            using var fresh = FreshFolder.Beside(Path.Combine(folder, PlaceName), own => Name().IsMatch(own));
            var written = Path.Combine(fresh.Path, name);
            File.Move(path, written);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(written, File.GetUnixFileMode(campaignFile) & ~NoLists);
            using (var stream = new FileStream(written, FileMode.Open, FileAccess.ReadWrite))
                stream.Flush(flushToDisk: true);
            File.Move(written, place);
            return (place, true);
        }

        throw new IOException($"{hash}{ending} is there and has another content");
    }

    static bool IsThere(string place) => Path.Exists(place) || RealPath.ReadLink(place) is not null;

    static string HashOf(string path)
    {
        using var file = OrdinaryFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    [GeneratedRegex(@"\A[0-9a-f]{16,64}\.(?:csv|xlsx)\z")]
    private static partial Regex Name();
}
