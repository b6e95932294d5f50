using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using SmsCampaign.Orthography;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// Holds a file against the keys it may have: unknown, missing and empty keys, wrong kinds of value, numbers out of
/// range. The officer's file and the engineer's alike.
/// </summary>
/// <remarks>
/// What comes back holds only what has the right kind, a misspelt key under its right name, so that whoever reads it
/// looks at values alone and everything else in the file is still checked.
/// </remarks>
/// <param name="keys">The whole file's.</param>
sealed class ShapeCheck(FileKey keys, FileForm form)
{
    static readonly FileKey AnyText = new("", KeyKind.Text, Required: true);

    public FileNode CheckRoot(FileNode root) => root.Kind == NodeKind.Map
        ? CheckMap(root, keys, "", root.Where)
        : Refuse(root.Where, "", form.OfAnotherKind(root, keys));

    FileNode CheckMap(FileNode map, FileKey shape, string path, Place owner)
    {
        var before = form.Errors;
        var kept = new List<FileMember>();
        var free = shape.Keys.Where(key => !map.Members.Exists(entry => form.Names(entry, key))).ToList();
        foreach (var entry in map.Members)
        {
            var key = shape.Keys.FirstOrDefault(key => form.Names(entry, key));
            if (key is null)
                key = ReportUnknown(entry, free, shape, path);

            if (key is null || kept.Exists(other => other.Name == key.Name))
                continue;

            kept.Add(entry with { Name = key.Name, Value = Check(entry, key, path + key.Name) });
        }

        foreach (var missing in shape.Keys.Where(key =>
            key.Required && !map.CutShort && kept.TrueForAll(entry => entry.Name != key.Name)))
            form.ReportMissing(map, owner, missing, path);

        return map with { Members = kept, HasFaults = form.Errors > before, Source = map };
    }

    /// <param name="free">Keys that do not stand in the map already.</param>
    /// <returns>The key it was most likely meant to be; null where that cannot be told.</returns>
    FileKey? ReportUnknown(FileMember entry, List<FileKey> free, FileKey shape, string path)
    {
        var meant = Spelling.Nearest(entry.Name, free.Select(key => key.Name));
        var elsewhere = meant is null ? keys.PathsOf(entry.Name).FirstOrDefault() : null;
        form.Report(entry.Where, path + entry.Name, form.Unknown(entry.Name, shape, meant, elsewhere, path));
        return free.FirstOrDefault(key => key.Name == meant);
    }

    FileNode Check(FileMember entry, FileKey key, string path)
    {
        var found = entry.Value;
        switch (key.Kind, found.Kind)
        {
            case (_, NodeKind.Refused):
                return found;
            case (KeyKind.Json, _):
                return form.ReadFreely(found);
            case (_, NodeKind.Nothing):
                form.ReportNothing(entry, key, path);
                return FileNode.Refuse(found.Where);
            case (KeyKind.Map, NodeKind.Map) when key.VariantKey is { } chooser:
                return CheckVariant(found, key, chooser, path + ".", entry.Where);
            case (KeyKind.Map, NodeKind.Map):
                return CheckMap(found, key, path + ".", entry.Where);
            case (KeyKind.Filter, NodeKind.Map):
                return found;
            case (KeyKind.Table, NodeKind.Map) when found.Members.Count > 0 || key.MayBeEmpty:
                return CheckTable(found, key.Item!, path);
            case (KeyKind.MapList or KeyKind.TextList or KeyKind.TextOrList, NodeKind.List)
                when found.Items.Count > 0 || key.MayBeEmpty:
                return CheckList(found, key, path);
            case (KeyKind.Table, NodeKind.Map)
                or (KeyKind.MapList or KeyKind.TextList or KeyKind.TextOrList, NodeKind.List):
                form.ReportEmptyList(entry, key, path);
                return FileNode.Refuse(found.Where);
            case (KeyKind.Map or KeyKind.MapList or KeyKind.TextList or KeyKind.Table or KeyKind.Filter, _):
                return Refuse(found.Where, path, form.Told(form.OfAnotherKind(found, key), key));
            default:
                return found.IsScalar
                    ? CheckValue(found, key, path)
                    : Refuse(found.Where, path, form.Told(form.OfAnotherKind(found, key), key));
        }
    }

    /// <summary>A map of which one key says what others it has; without that nothing can be said of them.</summary>
    FileNode CheckVariant(FileNode map, FileKey shape, FileKey chooser, string path, Place owner)
    {
        if (map.Members.Find(entry => form.Names(entry, chooser))?.Value is not { IsNothing: false } said)
        {
            form.ReportMissing(map, owner, chooser, path);
            return FileNode.Refuse(map.Where);
        }

        return shape.Variants.FirstOrDefault(variant => variant.Name == said.Text) is { } variant
            ? CheckMap(map, variant, path, owner)
            : Refuse(said.Where, path + chooser.Name, form.NoChoice(said, chooser));
    }

    FileNode CheckTable(FileNode table, FileKey item, string path)
    {
        var before = form.Errors;
        var members = table.Members.ConvertAll(
            entry => entry with { Value = Check(entry, item, $"{path}.{entry.Name}") });
        return table with { Members = members, HasFaults = form.Errors > before };
    }

    // Items are counted from 1, as a person does.
    FileNode CheckList(FileNode list, FileKey key, string path)
    {
        var before = form.Errors;
        List<FileNode> items = [.. list.Items.Select((item, index) => CheckItem(item, key, $"{path}[{index + 1}]"))];
        return list with { Items = items, HasFaults = form.Errors > before };
    }

    FileNode CheckItem(FileNode item, FileKey list, string path) => (list.Kind, item) switch
    {
        (_, { IsRefused: true }) => item,
        (KeyKind.MapList, { Kind: NodeKind.Map }) => CheckMap(item, list, path + ".", item.Where),
        (not KeyKind.MapList, { IsScalar: true, IsNothing: false }) => CheckValue(item, list.Item ?? AnyText, path),
        _ => Refuse(item.Where, path, form.ItemOfAnotherKind(item, list)),
    };

    FileNode CheckValue(FileNode found, FileKey key, string path) =>
        form.Read(found, key, path) is not { } read ? FileNode.Refuse(found.Where)
        : FaultOf(found, read.Text, key) is { } fault ? Refuse(found.Where, path, form.Told(fault, key))
        : read;

    /// <param name="found">As it is written: what may be shown.</param>
    /// <param name="text">What it says.</param>
    Wording? FaultOf(FileNode found, string text, FileKey key) => key.Kind switch
    {
        KeyKind.Text or KeyKind.TextOrList when !key.MayBeEmpty && string.IsNullOrWhiteSpace(text) => form.Empty,
        KeyKind.Text when key.Pattern is { } pattern && !Regex.IsMatch(text, @$"\A(?:{pattern})\z") =>
            form.OfAnotherPattern(found, key),
        KeyKind.Choice when !key.Choices.Any(choice => choice.Equals(text, form.Choices)) => form.NoChoice(found, key),
        KeyKind.Number when BigInteger.Parse(text.Trim(), CultureInfo.InvariantCulture) is var number
            && (number < key.Least || number > (key.Most ?? long.MaxValue)) => OutOfRange(found, key),
        KeyKind.Decimal when decimal.Parse(text, CultureInfo.InvariantCulture) is var number
            && (number < key.Least || number > key.Most) =>
            OutOfRange(found, key),
        KeyKind.Duration when key.Lasts is { } lasts
            && Duration.Parse(text) is var span
            && (span < lasts.Least || span > lasts.Most) =>
            form.OutOfRange(found, lasts.Least.ToString("c"), lasts.Most.ToString("c")),
        _ => null,
    };

    Wording OutOfRange(FileNode found, FileKey key) => form.OutOfRange(found,
        key.Least.ToString(CultureInfo.InvariantCulture),
        (key.Most ?? long.MaxValue).ToString(CultureInfo.InvariantCulture));

    FileNode Refuse(Place at, string path, Wording what)
    {
        form.Report(at, path, what);
        return FileNode.Refuse(at);
    }
}
