using YamlDotNet.Core;

namespace SmsCampaign.Campaigns;

/// <summary>A place in a YAML file: 1-based line, and 1-based column in characters.</summary>
readonly record struct YamlPoint(int Line, int Column);

/// <summary>A part of a YAML file that remembers where it stood.</summary>
abstract record YamlNode(YamlPoint At);

/// <param name="Value">What it says, escapes and folding undone.</param>
/// <param name="Written">The characters of the file it was read from, quotes and indentation included.</param>
sealed record YamlScalar(YamlPoint At, string Value, ScalarStyle Style, string Written) : YamlNode(At)
{
    /// <summary>The comments behind it, on its line and on lines of their own right after; only those of a plain scalar are kept.</summary>
    public IReadOnlyList<YamlComment> Comments { get; init; } = [];

    /// <summary>Whether nothing stands there: YAML reads <c>key:</c>, <c>~</c> and <c>null</c> so.</summary>
    public bool IsNothing => Style == ScalarStyle.Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>
    /// Where in the file a character of <see cref="Value"/> stands. Folding and indentation move characters about but
    /// keep their order, so the n-th of its kind in the value is the n-th of its kind in the file; one written as
    /// an escape such as <c>"\u200B"</c> is not there, and the scalar's start stands for it.
    /// </summary>
    /// <param name="index">0-based index in <see cref="Value"/>.</param>
    public YamlPoint PointOf(int index)
    {
        var letter = Value[index];
        var nth = Value.AsSpan(0, index).Count(letter);
        var (line, column) = At;
        var content = Style is ScalarStyle.Literal or ScalarStyle.Folded ? Written.IndexOf('\n') + 1 : 0;

        for (var place = 0; place < Written.Length; place++)
        {
            if (place >= content && Written[place] == letter && nth-- == 0)
                return new YamlPoint(line, column);

            if (Written[place] == '\n')
                (line, column) = (line + 1, 1);
            else if (!char.IsLowSurrogate(Written[place]) && Written[place] != '\r')
                column++;
        }

        return At;
    }
}

/// <param name="Text">From the # to the end of the line.</param>
/// <param name="HasOwnLine">Whether nothing but space stands before it.</param>
sealed record YamlComment(YamlPoint At, string Text, bool HasOwnLine);

sealed record YamlList(YamlPoint At, IReadOnlyList<YamlNode> Items) : YamlNode(At);

/// <param name="CutShort">Whether the file became unreadable inside it: keys may be missing only for that reason.</param>
sealed record YamlMap(YamlPoint At, IReadOnlyList<YamlEntry> Entries, bool CutShort) : YamlNode(At)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>Stands where something was refused and has been reported: nothing more is said of it.</summary>
sealed record YamlRefused(YamlPoint At) : YamlNode(At);

sealed record YamlEntry(string Key, YamlPoint At, YamlNode Value);
