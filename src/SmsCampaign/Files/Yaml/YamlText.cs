namespace SmsCampaign.Files.Yaml;

/// <summary>The characters of a YAML file as they are, line ends included, and where what was read from it
/// stands.</summary>
sealed class YamlText
{
    readonly List<int> _starts = [0];

    public YamlText(string text)
    {
        Text = text;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
                _starts.Add(at + 1);
        }
    }

    public string Text { get; }

    /// <summary>How its lines end.</summary>
    public string LineEnd => Text.IndexOfAny(['\r', '\n']) is >= 0 and var at
        ? Text[at] == '\n' ? "\n" : at + 1 < Text.Length && Text[at + 1] == '\n' ? "\r\n" : "\r"
        : "\n";

    /// <summary>Where a line begins; the end of the text where there are fewer.</summary>
    /// <param name="line">From 1.</param>
    public int StartOf(int line) => line <= _starts.Count ? _starts[line - 1] : Text.Length;

    /// <summary>Where the characters of a line end, its line end left out.</summary>
    public int EndOf(int line)
    {
        var end = StartOf(line + 1);
        while (end > StartOf(line) && Text[end - 1] is '\n' or '\r')
            end--;
        return end;
    }

    public string Line(int line) => Text[StartOf(line)..EndOf(line)];

    public int OffsetOf(Place at)
    {
        var offset = StartOf(at.Line!.Value);
        for (var column = 1; column < at.Column && offset < Text.Length; column++)
            offset += char.IsHighSurrogate(Text[offset]) && offset + 1 < Text.Length ? 2 : 1;
        return offset;
    }

    /// <summary>Where what was read ends.</summary>
    /// <param name="written">As it was read: every line end is one character there.</param>
    /// <returns>Null where the text does not hold it there.</returns>
    public int? EndOf(int start, string written)
    {
        var at = start;
        foreach (var letter in written)
        {
            if (letter == '\n' && at == Text.Length)
                break;
            if (at >= Text.Length || (Text[at] != letter && !(letter == '\n' && Text[at] == '\r')))
                return null;

            at += Text[at] == '\r' && at + 1 < Text.Length && Text[at + 1] == '\n' ? 2 : 1;
        }

        return at;
    }

    public int LineAt(int offset)
    {
        var found = _starts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The last line on which something of a node stands.</summary>
    /// <returns>Null where that cannot be told.</returns>
    public static int? LastLineOf(FileNode node)
    {
        if (node.IsRefused)
            return null;
        if (node.IsScalar || node.Written.Length > 0)
            return node.Where.Line + node.Written.TrimEnd().Count('\n');

        var last = node.Where.Line;
        foreach (var inside in node.Items.Concat(node.Members.Select(member => member.Value)))
        {
            if (LastLineOf(inside) is not { } line)
                return null;

            last = Math.Max(last!.Value, line);
        }

        return last;
    }
}
