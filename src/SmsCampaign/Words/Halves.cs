using System.Globalization;
using System.Runtime.CompilerServices;
using SmsCampaign.Storage;

namespace SmsCampaign.Words;

/// <summary>
/// The Vietnamese half of a <see cref="Wording"/>, as <c>$"Còn {count} tin."</c>: each wording in a hole is said in Vietnamese.
/// Numbers and dates in a hole do not depend on the machine's culture; a person's figures come from <see cref="Figures"/>.
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

    /// <summary>A run as a person names it, not as it is stored.</summary>
    public void AppendFormatted(RunKey run)
    {
        _text.AppendLiteral(run.Campaign);
        _text.AppendLiteral(", ngày ");
        _text.AppendLiteral(Figures.Date(run.Date).Vi);
        if (run.Simulated)
            _text.AppendLiteral(", mô phỏng");
    }

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

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

    public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

    internal string ToText() => _whole ?? _text.ToStringAndClear();
}
