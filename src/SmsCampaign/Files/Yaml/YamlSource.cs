using System.Globalization;
using System.Text;

namespace SmsCampaign.Files.Yaml;

/// <summary>
/// The text of a campaign file, and the same text with what no YAML reader takes (tabs in the indentation, control
/// characters) reported and replaced, so that the rest of the file can still be read.
/// </summary>
sealed class YamlSource
{
    /// <summary>What a tab in the indentation is read as.</summary>
    const string TabStandIn = "  ";

    readonly string _file;
    readonly List<string> _lines = [];
    readonly List<int> _tabs = [];

    // Marks come in the order of the text: counting goes on from the last, or a long line
    // would be counted over and over.
    (int Line, int Units, int Characters) _last = (0, 0, 0);

    // Where the last key stands, and whether its value begins on its line: what is indented deeper
    // then belongs to the value.
    int _keyIndentation = -1;
    bool _keyHasValue;

    /// <param name="asKept">Whether the text was taken before: spaces that are none to YAML
    /// are left as they are.</param>
    public YamlSource(string text, ProblemList problems, bool asKept = false)
    {
        _file = problems.File;
        var readable = new StringBuilder(text.Length);
        foreach (var line in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            _lines.Add(line);
            var cleaned = Clean(line, problems);
            readable.Append(asKept ? cleaned : Straighten(cleaned, problems)).Append('\n');
        }

        Readable = readable.ToString();
    }

    public string Readable { get; }

    /// <summary>The line as written; empty where there is none of that number.</summary>
    /// <param name="number">From 1.</param>
    public string Line(int number) => number >= 1 && number <= _lines.Count ? _lines[number - 1] : "";

    /// <summary>The file's own place of a place in <see cref="Readable"/>.</summary>
    /// <param name="column">1-based, in UTF-16 units as the YAML reader counts.</param>
    public Place PlaceOf(int line, int column)
    {
        if (line > _lines.Count)
            return new Place(_file, _lines.Count, 1);

        var units = Math.Clamp(column - 1 - _tabs[line - 1] * (TabStandIn.Length - 1), 0, _lines[line - 1].Length);
        if (_last.Line != line || _last.Units > units)
            _last = (line, 0, 0);

        _last = (line, units, _last.Characters + Characters(_lines[line - 1].AsSpan(_last.Units..units)));
        return new Place(_file, line, _last.Characters + 1);
    }

    string Clean(string line, ProblemList problems)
    {
        var number = _lines.Count;
        var indentation = line.TakeWhile(letter => letter is ' ' or '\t' || YamlStructure.IsOddSpace(letter)).Count();
        var tabs = indentation == line.Length ? 0 : line.AsSpan(0, indentation).Count('\t');
        _tabs.Add(tabs);

        if (tabs > 0)
            problems.Error(new Place(_file, number, line.IndexOf('\t') + 1), null,
                "Thụt lề bằng phím Tab. YAML chỉ nhận dấu cách: hãy xóa Tab và gõ 2 dấu cách cho mỗi cấp.",
                "Indented with a tab. YAML takes only spaces: delete the tab and type 2 spaces for each level.");

        var odd = indentation == line.Length ? -1 : line.AsSpan(0, indentation).IndexOfAnyExcept(' ', '\t');
        if (odd >= 0)
            problems.Error(new Place(_file, number, odd + 1), null,
                $"Thụt lề bằng {YamlStructure.NameOf(line[odd])}, thường do chép từ Word. "
                    + $"Hãy xóa và gõ lại bằng phím cách.",
                $"Indented with {YamlStructure.NameOf(line[odd])}, often pasted from Word. "
                    + $"Delete it and type ordinary spaces.");

        var cleaned = new StringBuilder(line.Length);
        for (var index = 0; index < line.Length; index++)
        {
            var letter = line[index];
            if (index < indentation)
                cleaned.Append(letter == '\t' && tabs > 0 ? TabStandIn : " ");
            else if (letter != '\t' && IsControl(letter))
            {
                cleaned.Append(' ');
                problems.Error(new Place(_file, number, Characters(line.AsSpan(0, index)) + 1), null,
                    $"Có ký tự điều khiển không nhìn thấy (U+{(int)letter:X4}) ở đây. Hãy xóa nó hoặc gõ lại cả dòng.",
                    $"An invisible control character (U+{(int)letter:X4}) stands here. "
                        + $"Delete it or type the line again.");
            }
            else
                cleaned.Append(letter);
        }

        return cleaned.ToString();
    }

    /// <summary>Puts an ordinary space where YAML must see one and another stands. Within a value
    /// they are left alone.</summary>
    string Straighten(string line, ProblemList problems)
    {
        var indentation = line.Length - line.TrimStart(' ').Length;
        if (indentation == line.Length || line[indentation] == '#' || (_keyHasValue && indentation > _keyIndentation))
            return line;

        var structure = YamlStructure.Of(line);
        (_keyIndentation, _keyHasValue) = (structure.KeyAt, structure.HasValue);
        if (structure.OddSpaces is not [var first, ..])
            return line;

        var number = _lines.Count;
        var name = YamlStructure.NameOf(line[first]);
        problems.Error(PlaceOf(number, first + 1), null,
            $"Có {name} ở chỗ YAML cần dấu cách thường, thường do chép từ Word hoặc trang web. "
                + $"Hãy xóa và gõ lại bằng phím cách.",
            $"{name} stands where YAML needs an ordinary one, often pasted from Word or a web page. "
                + $"Delete it and type a space.");

        var straight = line.ToCharArray();
        foreach (var at in structure.OddSpaces)
            straight[at] = ' ';
        return new string(straight);
    }

    // U+0085, U+2028 and U+2029 are line breaks to YAML and nothing at all to most editors. YAML 1.2.2, 5.1 and 5.4;
    // U+FEFF is a byte-order mark in the wrong place.
    static bool IsControl(char letter) =>
        char.GetUnicodeCategory(letter) == UnicodeCategory.Control
        || letter is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    static int Characters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var letter in text)
        {
            if (!char.IsLowSurrogate(letter))
                count++;
        }

        return count;
    }
}
