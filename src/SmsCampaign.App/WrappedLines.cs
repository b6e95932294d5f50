using System.Buffers;
using System.Text;

namespace SmsCampaign.App;

/// <summary>
/// Writes sentences so that no line is wider than a screen: broken between words, what follows set in under its
/// beginning. A word that is wider by itself (a path, a hash) stays whole, to be copied.
/// </summary>
sealed class WrappedLines(TextWriter inner) : TextWriter
{
    /// <summary>Columns of the narrowest screen that is reckoned with.</summary>
    public const int Width = 80;

    /// <summary>How a command to be typed begins.</summary>
    const string Command = "sms-campaign ";

    /// <summary>What stands behind one in a sentence that goes on.</summary>
    static readonly SearchValues<string> EndsCommand = SearchValues.Create([". ", ")", "; "], StringComparison.Ordinal);

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value)
    {
        foreach (var line in (value ?? "").Split('\n'))
            WriteOne(line.TrimEnd('\r'));
    }

    void WriteOne(string line)
    {
        line = line.TrimEnd();
        var hang = new string(' ', IndentOf(line) + 2);
        while (line.Length > Width && BreakOf(line) is var at and > 0)
        {
            inner.WriteLine(line[..at].TrimEnd());
            line = hang + line[at..].TrimStart();
        }

        inner.WriteLine(line);
    }

    /// <returns>Where the last word that fits ends, or what stands before a command that does not fit whole, so that it
    /// can be copied; else where the first word ends, which does not. Negative where there is only one.</returns>
    static int BreakOf(string line)
    {
        var first = IndentOf(line);
        var at = line.LastIndexOf(' ', Width);
        if (at <= first)
            return line.IndexOf(' ', first);

        var command = line.LastIndexOf(Command, at, StringComparison.Ordinal);
        return command > first && !line[command..at].AsSpan().ContainsAny(EndsCommand) ? command - 1 : at;
    }

    static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;
}
