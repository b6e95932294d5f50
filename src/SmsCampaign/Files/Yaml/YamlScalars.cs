using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Files.Yaml;

/// <summary>How a text can be written in YAML so that the same is read (YAML 1.2.2, 7.3 and 8.1).</summary>
static partial class YamlScalars
{
    /// <summary>Columns of a line of a long text.</summary>
    const int Width = 100;

    /// <summary>The ways to write it on one line, the nearest to how it was written first.</summary>
    /// <param name="before">How what stood there was written; null where nothing did.</param>
    public static IEnumerable<string> OnOneLine(string text, FileNode? before, bool isNumber, bool isInFlow)
    {
        if (isNumber)
        {
            yield return text;
            yield break;
        }

        var wasSingle = before is { Form: ScalarForm.Quoted, Written: ['\'', ..] };
        if (before?.Form != ScalarForm.Quoted && IsPlain(text, isInFlow))
            yield return text;
        if (wasSingle && !text.Any(char.IsControl))
            yield return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        yield return Quoted(text, escapesAll: false);
        yield return Quoted(text, escapesAll: true);
    }

    /// <summary>The lines of a text behind &gt;- or |-.</summary>
    /// <returns>Null where that would say something else.</returns>
    public static (string Mark, IReadOnlyList<string> Lines)? OnSeveralLines(string text, int indent)
    {
        if (text.Length == 0 || text.Split('\n').Any(line => line.Length == 0 || line.Trim() != line)
            || text.Any(letter => letter != '\n' && (char.IsControl(letter) || letter is '\u2028' or '\u2029')))
            return null;

        return text.Contains('\n', StringComparison.Ordinal) ? ("|-", text.Split('\n'))
            : text.Contains("  ", StringComparison.Ordinal) ? null
            : (">-", [.. Wrapped(text, Width - indent)]);
    }

    static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
            yield return line.ToString();
    }

    static string Quoted(string text, bool escapesAll)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (letter == '\n')
                quoted.Append("\\n");
            else if (letter == '\t')
                quoted.Append("\\t");
            else if (char.IsControl(letter) || letter is '\uFEFF' or '\u2028' or '\u2029'
                || (escapesAll && !char.IsAscii(letter)))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    static bool IsPlain(string text, bool isInFlow) =>
        Plain().IsMatch(text)
        && !(isInFlow && text.Contains(',', StringComparison.Ordinal))
        && !Reserved().IsMatch(text);

    /// <summary>Fewer than YAML takes: what a person may take for something else is put in quotation marks.</summary>
    [GeneratedRegex(@"\A[\p{L}\p{N}/(](?:[\p{L}\p{M}\p{N}\-_./()+;,?!%–…“”'&=]|\ (?![\ #-]))*(?<!\ )\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(?:null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
