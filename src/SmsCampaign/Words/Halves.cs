using System.Globalization;
using System.Runtime.CompilerServices;

namespace SmsCampaign.Words;

/// <summary>
/// The Vietnamese half of a <see cref="Wording"/>, as <c>$"Còn {count} tin."</c>: each wording in a hole is
/// said in Vietnamese. Numbers and dates in a hole do not depend on the machine's culture; a person's
/// figures come from <c>Figures</c>.
/// </summary>
[InterpolatedStringHandler]
public ref struct Vietnamese
{
    readonly string? _whole;
    DefaultInterpolatedStringHandler _text;

    public Vietnamese(int literalLength, int formattedCount) =>
        _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);

    Vietnamese(string whole) => _whole = whole;

    public static implicit operator Vietnamese(string whole) => new(whole);

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted(Wording words) => _text.AppendFormatted(words.Vi);

    /// <summary>A thing that has words is said in them, not as it is stored.</summary>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        if (value is IWorded thing)
            _text.AppendFormatted(thing.Words.Vi);
        else
            _text.AppendFormatted(value, format);
    }

    internal string ToText() => _whole ?? _text.ToStringAndClear();
}

/// <summary>The English half of a <see cref="Wording"/>; the rest as <see cref="Vietnamese"/>.</summary>
[InterpolatedStringHandler]
public ref struct English
{
    readonly string? _whole;
    DefaultInterpolatedStringHandler _text;

    public English(int literalLength, int formattedCount) =>
        _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);

    English(string whole) => _whole = whole;

    public static implicit operator English(string whole) => new(whole);

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted(Wording words) => _text.AppendFormatted(words.En);

    public void AppendFormatted<T>(T value, string? format = null)
    {
        if (value is IWorded thing)
            _text.AppendFormatted(thing.Words.En);
        else
            _text.AppendFormatted(value, format);
    }

    internal string ToText() => _whole ?? _text.ToStringAndClear();
}
