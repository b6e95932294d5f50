using System.IO.Compression;
using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// The parts of an Office file (Open Packaging Conventions, ECMA-376 part 2), found as Office finds them: by
/// relationships, whatever the parts are called, and whichever slash a program wrote in their names.
/// </summary>
sealed class WorkbookParts : IDisposable
{
    /// <summary>Most bytes a workbook may unfold to. A full sheet (1,048,576 rows) of ten columns
    /// is about 700 MB.</summary>
    const long MostUnfolded = 2L * 1024 * 1024 * 1024;

    /// <summary>An entry above 16 MB that unfolds further than this is no sheet: those unfold to 5 to 40
    /// times their size.</summary>
    const int MostUnfolding = 150;
    const long SmallEntry = 16 * 1024 * 1024;

    /// <summary>Most relationships of a part: a sheet has one a link, at most 65,530.</summary>
    const int MostRelationships = 100_000;

    readonly ZipArchive _zip;
    readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="file">At its beginning; a zip.</param>
    /// <exception cref="BrokenTableException">It would fill the machine.</exception>
    /// <exception cref="InvalidDataException">It is no zip.</exception>
    public WorkbookParts(Stream file)
    {
        _zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in _zip.Entries)
            _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);

        CheckUnfolding(_zip.Entries);
    }

    public IReadOnlyCollection<string> Names => _parts.Keys;

    public bool Has(string part) => _parts.ContainsKey(part);

    /// <exception cref="InvalidDataException">There is no such part.</exception>
    public Stream Open(string part) => _parts.TryGetValue(part, out var entry)
        ? entry.Open()
        : throw new InvalidDataException($"part {part} is missing");

    /// <exception cref="InvalidDataException">There is no such part.</exception>
    public XmlReader OpenXml(string part)
    {
        var stream = new GuardedStream(new BufferedStream(Open(part), 64 * 1024));
        var xml = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            NameTable = new FewNames(),
        });
        stream.Watch(xml);
        return xml;
    }

    /// <summary>What a part points to, by id: the end of the relationship's type, such as
    /// <c>worksheet</c>, and the part.</summary>
    /// <param name="part">Empty: the package itself.</param>
    public IReadOnlyDictionary<string, (string Type, string Part)> RelationshipsOf(string part)
    {
        var folder = part[..(part.LastIndexOf('/') + 1)];
        var relationships = new Dictionary<string, (string Type, string Part)>();
        var file = $"{folder}_rels/{part[folder.Length..]}.rels";
        if (!Has(file))
            return relationships;

        using var xml = OpenXml(file);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship"
                && xml.GetAttribute("Id") is { } id
                && xml.GetAttribute("Type") is { } type
                && xml.GetAttribute("Target") is { } target)
            {
                if (relationships.Count == MostRelationships)
                    throw new InvalidDataException("a part has more relationships than any");
                relationships[id] = (type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target));
            }
        }

        return relationships;
    }

    public void Dispose() => _zip.Dispose();

    static string Resolve(string folder, string target)
    {
        target = target.Replace('\\', '/');
        var steps = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (step == ".." && steps.Count > 0)
                steps.RemoveAt(steps.Count - 1);
            else if (step is not ("" or "." or ".."))
                steps.Add(step);
        }

        return string.Join('/', steps);
    }

    static void CheckUnfolding(IReadOnlyCollection<ZipArchiveEntry> entries)
    {
        // No more of an entry is ever unfolded than the zip's directory says, so the directory can be believed.
        if (entries.Sum(entry => (decimal)entry.Length) > MostUnfolded
            || entries.Any(entry => entry.Length > SmallEntry && entry.Length > entry.CompressedLength * MostUnfolding))
        {
            throw Bomb();
        }
    }

    /// <summary>What says that a workbook would fill the machine.</summary>
    public static BrokenTableException Bomb() => new(null, new Wording(
        "Tệp Excel này bung ra lớn bất thường (bom nén), không đọc. Hãy chép riêng bảng thuê bao "
            + "sang một tệp mới rồi lưu lại.",
        "This workbook unfolds to an abnormal size (a zip bomb) and is not read. "
            + "Copy the table alone into a new workbook and save that."));
}
