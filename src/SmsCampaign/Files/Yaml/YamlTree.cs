using System.Text;

namespace SmsCampaign.Files.Yaml;

/// <summary>
/// Reads the YAML of a whole file. Where it breaks in one section, the sections after it are read all the same.
/// </summary>
static class YamlTree
{
    /// <summary>More sections than a campaign file can have: from there on it is something else.</summary>
    const int MostSections = 50;

    /// <returns>Null where there is nothing to read.</returns>
    public static FileNode? Read(YamlSource source, ProblemList problems)
    {
        // Tried on a list of its own: read section by section, the same problems would be told twice.
        var whole = new ProblemList("");
        var reader = new YamlReader(source.Readable, source, whole);
        var root = reader.Read();
        if (reader.Failure is null || Sections(source.Readable) is not { Count: > 1 and <= MostSections } sections)
        {
            problems.AddAll(whole);
            if (reader.Failure is { } failure)
                Report(failure, source, problems);

            return root;
        }

        return ReadSections(sections, source, reader.Failure, problems);
    }

    static FileNode ReadSections(
        IReadOnlyList<string> sections, YamlSource source, YamlFailure whole, ProblemList problems)
    {
        var entries = new List<FileMember>();
        var cutShort = false;
        var failed = false;
        foreach (var section in sections)
        {
            var reader = new YamlReader(section, source, problems);
            var root = reader.Read();
            if (reader.Failure is { } failure)
                Report(failure, source, problems);

            failed |= reader.Failure is not null;
            if (root is { Kind: NodeKind.Map, Members.Count: > 0 } map)
                AddNew(map.Members, entries, problems);
            else
                cutShort |= reader.Failure is not null || root is not null;
        }

        // Each section may be well by itself and only not go with the others.
        if (!failed)
            Report(whole, source, problems);

        return new FileNode(NodeKind.Map, "", source.PlaceOf(1, 1)) { Members = entries, CutShort = cutShort };
    }

    static void AddNew(IEnumerable<FileMember> found, List<FileMember> entries, ProblemList problems)
    {
        foreach (var entry in found)
        {
            if (entries.Find(other => other.Name == entry.Name) is { } first)
                YamlRefusals.Twice(entry.Name, entry.Where, first.Where, problems);
            else
                entries.Add(entry);
        }
    }

    /// <summary>Cuts a text at each line that starts a key at the margin, and keeps every line on its number.</summary>
    static List<string> Sections(string text)
    {
        var sections = new List<StringBuilder>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            var starts = line.Length > 0 && (char.IsLetter(line[0]) || line[0] is '"' or '\'');
            if (sections.Count == 0 || starts)
            {
                if (sections.Count > MostSections)
                    break;

                sections.Add(new StringBuilder().Append('\n', number));
            }

            sections[^1].Append(line).Append('\n');
            number++;
        }

        return [.. sections.Select(section => section.ToString())];
    }

    static void Report(YamlFailure failure, YamlSource source, ProblemList problems)
    {
        var hint =
            Hints.FirstOrDefault(hint => failure.Message.Contains(hint.Says, StringComparison.OrdinalIgnoreCase)).Hint;
        if (hint.En is null)
            hint = new Wording(
                "Thường do thụt lề không thẳng hàng, thiếu dấu cách sau dấu hai chấm, hoặc quên đóng ngoặc.",
                "Usually the indentation is uneven, the space after a colon is missing, or a quote "
                    + "or bracket is not closed.");

        var suspect = failure.At is { } at ? YamlSuspects.Near(source, at.Line ?? 0) : default;
        problems.Error(failure.At, null,
            $"Không đọc được YAML ở đây. {hint}{suspect}",
            $"The YAML cannot be read here. {hint}{suspect} (YAML: {failure.Message})");
    }

    static Wording StrayColon => new(
        "Có dấu hai chấm thừa, hoặc dòng này thụt vào sai cấp. Nếu nội dung có dấu ': "
            + "', hãy đặt cả nội dung trong ngoặc kép.",
        "There is a colon too many, or the line is indented wrongly. If the content contains ': "
            + "', put all of it in quotes.");

    // Words of YamlDotNet 18's own messages, most telling first.
    static readonly (string Says, Wording Hint)[] Hints =
    [
        ("unknown escape", new(
            @"Trong ngoặc kép, dấu \ bắt đầu một mã đặc biệt. Với đường dẫn, hãy dùng dấu / hoặc đặt trong ngoặc đơn '…'.",
            @"In double quotes \ starts a code. In a path use / or single quotes '…'.")),
        ("quoted scalar", new(
            "Ngoặc kép hoặc ngoặc đơn mở ra ở đây chưa được đóng đúng chỗ.",
            "A quote that opens here is not closed where it should be.")),
        ("mapping values are not allowed", StrayColon),
        ("found invalid mapping", StrayColon),
        ("could not find expected ':'", new(
            "Thiếu dấu hai chấm sau tên khóa, hoặc thiếu dấu cách sau dấu hai chấm.",
            "The colon after a key is missing, or the space after the colon.")),
        ("cannot start any token", new(
            "Giá trị không được bắt đầu bằng ký tự này (@, `, %). Hãy đặt cả giá trị trong ngoặc kép.",
            "A value cannot start with this character (@, `, %). Put all of it in quotes.")),
        ("flow", new(
            "Dấu ngoặc [ ] hoặc { } chưa đóng, hoặc thiếu dấu phẩy giữa các mục.",
            "A bracket [ ] or { } is not closed, or a comma between items is missing.")),
        ("'-' indicator", new(
            "Các mục của danh sách phải thẳng hàng, mỗi mục bắt đầu bằng '- '.",
            "The items of a list must line up, each starting with '- '.")),
    ];
}
